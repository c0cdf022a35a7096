import { GraphQLError, GraphQLScalarType } from 'graphql';
import ssh2 from 'ssh2';
import type { Instance } from '../../shared/model/instance.ts';
import { type Clock, drawText, type Random } from '../engine/base/effects.ts';
import { problem } from './api-errors.ts';
import { type CreateJobInput, createJobOrders, type RestartInput, runningOn } from './api-jobs.ts';
import { createViews, keyView, page } from './api-views.ts';
import { isEnded, ownerOf } from './check-ports.ts';
import type { Fleet } from './fleet.ts';
import { sameText } from './same-text.ts';
import { datasets, resources, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

interface ResolverParts {
  readonly state: PlatformState;
  readonly fleet: Fleet;
  readonly changed: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly instance: () => Instance | undefined;
}

/** Who asks. */
export interface Caller {
  readonly token: 'valid' | 'expired' | 'none';
}

interface Of {
  readonly userId: string;
}
interface OfJob extends Of {
  readonly jobId: string;
}

/** What each operation of the schema does. Every one but `login` needs the token. */
export function createResolvers(parts: ResolverParts) {
  const { state, fleet, clock, random } = parts;
  const views = createViews(parts);
  const orders = createJobOrders(parts);

  const guarded =
    <Args, Answer>(answer: (args: Args) => Answer) =>
    (_parent: unknown, args: Args, caller: Caller): Answer => {
      if (caller.token === 'none') throw problem('Not signed in', 'UNAUTHENTICATED');
      // An expired login has no code of its own on the platform: it is a failing query.
      if (caller.token === 'expired') throw new GraphQLError('jwt expired');
      return answer(args);
    };
  /** For operations on one user or organisation. */
  const owned = <Args extends Of, Answer>(answer: (args: Args) => Answer) =>
    guarded<Args, Answer>((args) => {
      ownParty(args.userId);
      return answer(args);
    });
  const ofJob = <Args extends OfJob, Answer>(answer: (job: JobRecord, args: Args) => Answer) =>
    owned<Args, Answer>((args) => {
      const job = state.jobs.find((candidate) => candidate.id === args.jobId);
      if (job === undefined) throw problem('Job not found', 'NOT_FOUND');
      if (ownerOf(state, job) !== args.userId) throw problem('No access to this job', 'FORBIDDEN');
      return answer(job, args);
    });
  function ownParty(name: string) {
    const known = name === state.user || state.orgs.some((org) => org.id === name);
    if (!known) throw problem('No access to this user', 'FORBIDDEN');
  }
  const projectsOf = (party: string) =>
    state.projects.filter((project) => (project.owner ?? state.user) === party);

  const user = () => ({
    username: state.user,
    email: `${state.user}@example.com`,
    token: state.token,
    realNameVerified: state.verified,
    orgs: state.orgs.map(({ role, id, displayName }) => ({ role, org: { id, displayName } })),
  });

  const party = (id: string) => ({
    projects: (args: { page: number; perPage?: number | null; q?: string | null }) =>
      page(
        projectsOf(id)
          .filter((project) => !args.q || project.id === args.q || project.name.includes(args.q))
          .map((project) => views.project(project.id)),
        args.page,
        args.perPage ?? undefined,
      ),
    jobs: (args: { status?: readonly string[] | null }) => ({
      data: state.jobs
        .filter((job) => ownerOf(state, job) === id)
        .filter((job) => !args.status || args.status.includes(job.status))
        .map(views.job),
    }),
    datasetVersions: (args: { q?: string | null }) => versions(datasets(id).own, args.q),
    quota: () => ({ computationQuota: pairs(state.minutes, (availableMinutes) => ({ availableMinutes })) }),
    limitations: () => ({
      resources: pairs(state.limits, (limit, key) => ({ limit, current: runningOn(state, key) })),
    }),
  });

  return {
    ...scalars,
    Job: { __resolveType: (job: { __typename: string }) => job.__typename },
    DataBinding: { __resolveType: (binding: { __typename: string }) => binding.__typename },
    Query: {
      me: guarded(user),
      user: guarded(({ username }: { username: string }) => {
        ownParty(username);
        return user();
      }),
      org: guarded(({ id }: { id: string }) => state.orgs.find((org) => org.id === id) ?? null),
      party: guarded(({ id }: { id: string }) => {
        ownParty(id);
        return party(id);
      }),
      project: guarded(({ projectId }: { projectId: string }) => views.project(projectId)),
      job: ofJob((job) => views.job(job)),
      jobLogs: ofJob((job) => logOf(job)),
      keys: owned(() => state.keys.map(keyView)),
      publicDatasetVersions: guarded(({ q }: { q?: string | null }) =>
        versions(datasets(state.user).public, q),
      ),
      normalClusterResources: guarded(() => resources),
      normalClusterRuntimes: guarded(() => runtimes),
    },
    Mutation: {
      login: (_: unknown, { username, password }: { username: string; password: string }) => {
        if (username !== state.user || !sameText(password, state.password))
          throw problem('Wrong user name or password', 'UNAUTHENTICATED');
        return { username, email: `${username}@example.com`, token: state.token };
      },
      createProject: owned(({ userId, name }: Of & { name: string }) => {
        const owner = userId === state.user ? {} : { owner: userId };
        const created = { id: drawText(random, 11), name: name.slice(0, 100), ...owner };
        state.projects.push(created);
        parts.changed();
        return views.project(created.id);
      }),
      // Code is uploaded to a store that this platform does not have.
      createSourceCodePolicy: owned(() => ({ id: drawText(random, 11) })),
      createJob: owned(({ input }: Of & { input: CreateJobInput }) => views.job(orders.create(input))),
      createHypertuning: owned(({ input }: Of & { input: CreateJobInput & { command: string } }) =>
        views.job(orders.create({ ...input, mode: 'HYPER_TUNING', newTask: { command: input.command } })),
      ),
      updateJob: ofJob((job, { input }: OfJob & { input: { description?: string | null } }) => {
        job.description = input.description ?? undefined;
        parts.changed();
        return views.job(job);
      }),
      stopJob: ofJob((job) => {
        if (!isEnded(job)) void fleet.end(job);
        return views.job(job);
      }),
      restartWorkspace: ofJob((job, { input }: OfJob & { input: RestartInput }) =>
        views.job(orders.restart(job, 'WORKSPACE', input)),
      ),
      restartBatchWorkspace: ofJob((job, { input }: OfJob & { input: RestartInput }) =>
        views.job(orders.restart(job, 'BATCH_WORKSPACE', input)),
      ),
      createSSHKey: owned(({ name, content }: Of & { name: string; content: string }) => {
        const parsed = ssh2.utils.parseKey(content.trim());
        if (parsed instanceof Error) throw problem('This is no public key', 'BAD_REQUEST');
        const key = {
          id: String(1 + Math.max(0, ...state.keys.map(({ id }) => Number(id) || 0))),
          name: name.slice(0, 100),
          content: content.trim(),
          createdAt: new Date(clock.now()).toISOString(),
        };
        state.keys.push(key);
        parts.changed();
        return keyView(key);
      }),
    },
  };
}

/** Words whose full list is not public: taken as they come. */
const scalars = Object.fromEntries(
  ['DeployType', 'DatasetStatusInput', 'JobStatusInput', 'StorageType', 'JSON'].map((name) => [
    name,
    new GraphQLScalarType({ name }),
  ]),
);

const pairs = <T>(values: Readonly<Record<string, number>>, read: (value: number, key: string) => T) =>
  Object.entries(values).map(([key, value]) => ({ key, value: read(value, key) }));

const versions = (names: readonly string[], q: string | null | undefined) => ({
  data: names
    .filter((name) => !q || name.includes(q))
    .map((semanticBindingName) => ({ semanticBindingName, createdAt: '2026-11-01T00:00:00Z' })),
});

function logOf(job: JobRecord): string {
  const lines = [`${job.createdAt} queued on ${job.resource}`];
  if (job.startedAt !== undefined) lines.push(`${job.startedAt} running ${job.runtime}`);
  if (job.command !== undefined) lines.push(`$ ${job.command}`);
  if (isEnded(job)) lines.push(`ended: ${job.status}`);
  return `${lines.join('\n')}\n`;
}
