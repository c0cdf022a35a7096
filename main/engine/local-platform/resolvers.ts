import { createGraphQLError } from 'graphql-yoga';
import ssh2 from 'ssh2';
import type { Mapping } from '../../../shared/model/container.ts';
import { checkMapping } from '../../../shared/platform-rules/index.ts';
import type { Clock, Random } from '../effects.ts';
import type { Fleet } from './fleet.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { sameText } from './same-text.ts';
import { drawText, resources, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

export interface ResolverParts {
  readonly state: PlatformState;
  readonly fleet: Fleet;
  readonly changed: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly consoleOrigin: () => string;
}

/** Who asks. */
export interface Caller {
  readonly signedIn: boolean;
}

const perPage = 20;
const problem = (message: string, code: string, details?: object) =>
  createGraphQLError(message, { extensions: { code, ...(details === undefined ? {} : { details }) } });

/** What each operation of the schema does. Every one but `login` needs the token. */
export function createResolvers(parts: ResolverParts) {
  const { state, fleet, clock, random } = parts;
  const guarded =
    <Args, Answer>(answer: (args: Args) => Answer) =>
    (_parent: unknown, args: Args, caller: Caller): Answer => {
      if (!caller.signedIn) throw problem('Not signed in', 'UNAUTHENTICATED');
      return answer(args);
    };
  const own = (user: string) => {
    if (user !== state.user) throw problem('No access to this user', 'FORBIDDEN');
  };
  const find = (jobId: string): JobRecord => {
    const job = state.jobs.find((candidate) => candidate.id === jobId);
    if (job === undefined) throw problem('Job not found', 'NOT_FOUND');
    return job;
  };
  const page = <T>(items: readonly T[], number: number, size = perPage) => ({
    data: items.slice((Math.max(1, number) - 1) * size, Math.max(1, number) * size),
  });

  function checkPorts(job: Pick<JobRecord, 'id' | 'projectId'>, ports: readonly PortInput[]): Mapping[] {
    const checked: Mapping[] = [];
    for (const port of ports) {
      const result = checkMapping(
        { name: port.name ?? '', port: String(port.port) },
        {
          user: state.user,
          containerId: job.id,
          containerName: nameOf(job),
          existing: checked,
          others: state.jobs
            .filter((other) => other.id !== job.id)
            .map((other) => ({
              containerId: other.id,
              containerName: nameOf(other),
              stopped: isEnded(other),
              mappings: other.ports,
            })),
        },
      );
      if (!result.ok) {
        const [violation] = result.error;
        throw problem('Port mapping refused', 'BAD_REQUEST', {
          reason: violation?.code,
          field: violation?.field,
        });
      }
      checked.push(result.value);
    }
    return checked;
  }
  const nameOf = (job: Pick<JobRecord, 'projectId'>) =>
    state.projects.find((project) => project.id === job.projectId)?.name ?? '';

  function view(job: JobRecord) {
    const running = job.status === 'RUNNING';
    const sshPort = fleet.run(job.id)?.sshPort();
    const user = job.outside?.sshUser ?? 'root';
    const host = job.outside?.sshHost ?? '127.0.0.1';
    return {
      __typename: job.mode.includes('TASK') ? 'Task' : 'Workspace',
      ...job,
      subStatus: null,
      version: 1,
      startedAt: job.startedAt ?? null,
      password: running ? (job.run?.password ?? null) : null,
      resource: { name: job.resource },
      runtime: runtimes.find((runtime) => runtime.name === job.runtime) ?? null,
      dataBindings: [],
      links: [
        { name: 'frontend', value: `${parts.consoleOrigin()}/console/${state.user}/jobs/${job.id}` },
        // No blank after -p, as the platform writes it.
        ...(running && sshPort !== undefined
          ? [{ name: 'ssh', value: `ssh ${user}@${host} -p${sshPort}` }]
          : []),
      ],
      project: () => project(job.projectId),
    };
  }
  function project(id: string) {
    const found = state.projects.find((candidate) => candidate.id === id);
    if (found === undefined) throw problem('Project not found', 'NOT_FOUND');
    const jobs = state.jobs
      .filter((job) => job.projectId === id)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    return {
      ...found,
      links: [],
      updatedAt: jobs[0]?.createdAt ?? null,
      latestJob: () => (jobs[0] === undefined ? null : view(jobs[0])),
      jobs: ({ page: number }: { page: number }) => page(jobs.map(view), number),
    };
  }

  return {
    Job: { __resolveType: (job: { __typename: string }) => job.__typename },
    DataBinding: { __resolveType: () => 'DatasetBinding' },
    Query: {
      me: guarded(() => ({ username: state.user, email: `${state.user}@example.com` })),
      party: guarded(({ id }: { id: string }) => {
        own(id);
        return {
          projects: ({ page: number, perPage: size }: { page: number; perPage?: number }) =>
            page(
              state.projects.map((found) => project(found.id)),
              number,
              size,
            ),
        };
      }),
      project: guarded(({ projectId }: { projectId: string }) => project(projectId)),
      job: guarded(({ userId, jobId }: { userId: string; jobId: string }) => {
        own(userId);
        return view(find(jobId));
      }),
      keys: guarded(({ userId }: { userId: string }) => {
        own(userId);
        return state.keys.map(keyView);
      }),
      jobLogs: guarded(({ jobId }: { jobId: string }) => `${nameOf(find(jobId))} started\n`),
      normalClusterResources: guarded(() => resources),
      normalClusterRuntimes: guarded(() => runtimes),
    },
    Mutation: {
      login: (_: unknown, { username, password }: { username: string; password: string }) => {
        if (username !== state.user || !sameText(password, state.password))
          throw problem('Wrong user name or password', 'UNAUTHENTICATED');
        return { username, email: `${username}@example.com`, token: state.token };
      },
      createProject: guarded(({ userId, name }: { userId: string; name: string }) => {
        own(userId);
        const created = { id: drawText(random, 11), name: name.slice(0, 100) };
        state.projects.push(created);
        parts.changed();
        return project(created.id);
      }),
      createJob: guarded(({ userId, input }: { userId: string; input: CreateJobInput }) => {
        own(userId);
        project(input.projectId);
        const id = drawText(random, 12);
        const job: JobRecord = {
          id,
          projectId: input.projectId,
          mode: input.mode,
          status: 'QUEUED',
          createdAt: new Date(clock.now()).toISOString(),
          resource: input.resource,
          runtime: input.runtime,
          ports: checkPorts({ id, projectId: input.projectId }, input.ports ?? []),
          command: input.newTask?.command,
        };
        state.jobs.push(job);
        fleet.begin(job);
        return view(job);
      }),
      stopJob: guarded(({ userId, jobId }: { userId: string; jobId: string }) => {
        own(userId);
        const job = find(jobId);
        if (!isEnded(job)) void fleet.end(job);
        return view(job);
      }),
      restartWorkspace: guarded(
        ({ userId, jobId, input }: { userId: string; jobId: string; input: RestartInput }) => {
          own(userId);
          const job = find(jobId);
          if (job.mode !== 'WORKSPACE') throw problem('Only a workspace can be restarted', 'BAD_REQUEST');
          if (!isEnded(job)) throw problem('The job is running', 'CONFLICT');
          if (input.ports !== undefined) job.ports = checkPorts(job, input.ports);
          job.resource = input.resource ?? job.resource;
          job.runtime = input.runtime ?? job.runtime;
          fleet.begin(job);
          return view(job);
        },
      ),
      createSSHKey: guarded(
        ({ userId, name, content }: { userId: string; name: string; content: string }) => {
          own(userId);
          const parsed = ssh2.utils.parseKey(content.trim());
          if (parsed instanceof Error) throw problem('This is no public key', 'BAD_REQUEST');
          const key = {
            id: drawText(random, 11),
            name: name.slice(0, 100),
            content: content.trim(),
            createdAt: new Date(clock.now()).toISOString(),
          };
          state.keys.push(key);
          parts.changed();
          return keyView(key);
        },
      ),
    },
  };
}

interface PortInput {
  readonly name?: string | null;
  readonly port: number;
}
interface CreateJobInput {
  readonly mode: string;
  readonly projectId: string;
  readonly runtime: string;
  readonly resource: string;
  readonly newTask?: { readonly command?: string };
  readonly ports?: readonly PortInput[];
}
interface RestartInput {
  readonly resource?: string;
  readonly runtime?: string;
  readonly ports?: readonly PortInput[];
}

const isEnded = (job: JobRecord): boolean => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(job.status);

const keyView = (key: PlatformState['keys'][number]) => ({
  id: key.id,
  name: key.name,
  fingerprint: keyFingerprint(key.content),
  createdAt: key.createdAt,
});
