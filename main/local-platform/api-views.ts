import type { Instance } from '../../shared/model/instance.ts';
import { publicAddress } from '../../shared/platform-rules/index.ts';
import { problem } from './api-errors.ts';
import { ownerOf, projectOf } from './check-ports.ts';
import type { Fleet } from './fleet.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

/** What clients read of jobs, projects and keys. */
interface ApiViews {
  job(job: JobRecord): object;
  /** Throws what the platform answers for one that is not there. */
  project(id: string): object;
}

const perPage = 20;

export const page = <T>(items: readonly T[], number: number, size = perPage) => ({
  data: items.slice((Math.max(1, number) - 1) * size, Math.max(1, number) * size),
});

const typeNames: Readonly<Record<string, string>> = {
  WORKSPACE: 'Workspace',
  BATCH_WORKSPACE: 'BatchWorkspace',
  TASK: 'Task',
  BATCH_TASK: 'BatchTask',
  HYPER_TUNING: 'Hypertuning',
};

export function createViews(parts: {
  readonly state: PlatformState;
  readonly fleet: Fleet;
  readonly instance: () => Instance | undefined;
}): ApiViews {
  const { state, fleet } = parts;

  function job(record: JobRecord) {
    const running = record.status === 'RUNNING';
    const sshPort = fleet.run(record.id)?.sshPort();
    const user = record.outside?.sshUser ?? 'root';
    const host = record.outside?.sshHost ?? '127.0.0.1';
    const owner = ownerOf(state, record);
    const instance = parts.instance();
    return {
      ...record,
      __typename: typeNames[record.mode] ?? 'Workspace',
      name: projectOf(state, record)?.name ?? '',
      subStatus: null,
      version: 1,
      size: record.size ?? 1,
      startedAt: record.startedAt ?? null,
      expiresAt: running ? (record.expiresAt ?? null) : null,
      password: running ? (record.run?.password ?? null) : null,
      resource: { name: record.resource },
      runtime: runtimes.find((candidate) => candidate.name === record.runtime) ?? null,
      dataBindings: (record.dataBindings ?? []).map((binding) => ({
        __typename: binding.name.endsWith('/output') ? 'JobOutputBinding' : 'DatasetBinding',
        mountPath: binding.path,
        semanticBindingName: binding.name,
        isDeleted: false,
        bindingAuth: binding.bindingAuth,
      })),
      ports: record.ports.map((mapping) => ({
        name: mapping.name ?? null,
        port: mapping.port,
        url: running && instance !== undefined ? publicAddress(instance, owner, record.id, mapping) : null,
      })),
      sourceCode: null,
      children: [],
      output: { path: `${owner}/jobs/${record.id}/output` },
      links: [
        { name: 'frontend', value: `${instance?.origin ?? ''}/console/${owner}/jobs/${record.id}` },
        // No blank after -p, as the platform writes it.
        ...(running && sshPort !== undefined
          ? [{ name: 'ssh', value: `ssh ${user}@${host} -p${sshPort}` }]
          : []),
      ],
      project: () => project(record.projectId),
    };
  }

  function project(id: string) {
    const found = state.projects.find((candidate) => candidate.id === id);
    if (found === undefined) throw problem('Project not found', 'NOT_FOUND');
    const jobs = state.jobs
      .filter((candidate) => candidate.projectId === id)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    return {
      ...found,
      links: [],
      size: 0,
      latestVersion: jobs.length,
      updatedAt: jobs[0]?.createdAt ?? null,
      latestJob: () => (jobs[0] === undefined ? null : job(jobs[0])),
      jobs: ({ page: number }: { page: number }) => page(jobs.map(job), number),
    };
  }

  return { job, project };
}

export const keyView = (key: PlatformState['keys'][number]) => ({
  // A number, as clients want it; earlier versions kept text.
  id: Number(key.id) || 1,
  name: key.name,
  fingerprint: keyFingerprint(key.content),
  createdAt: key.createdAt,
});
