import type { Instance } from '../../shared/model/instance.ts';
import { publicAddress } from '../../shared/platform-rules/index.ts';
import { problem } from './api-errors.ts';
import { ownerOf, projectOf } from './check-ports.ts';
import type { Fleet } from './fleet.ts';
import { hasShell } from './job-modes.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { channel, orderOf, runtimes } from './seed.ts';
import type { JobRecord, PlatformState } from './state.ts';

/** What clients read of jobs, projects and keys. */
interface ApiViews {
  job(job: JobRecord): object;
  /** Throws what the platform answers for one that is not there. */
  project(id: string): object;
}

const perPage = 20;

export function page<T>(
  items: readonly T[],
  number: number,
  size = perPage,
): { readonly data: readonly T[] } {
  if (number < 1) throw problem('Pages are counted from 1', 'BAD_REQUEST', { page: number });
  if (size < 1) throw problem('A page holds one at least', 'BAD_REQUEST', { perPage: size });
  return { data: items.slice((number - 1) * size, number * size) };
}

/** Nodes of a batch are jobs of their own; their ids follow from that of the batch. */
const childId = (id: string, index: number): string => `${id.slice(0, 10)}${String(index).padStart(2, '0')}`;

/** A job by its id, also a node of a batch. */
export function findJob(state: PlatformState, id: string): JobRecord | undefined {
  const found = state.jobs.find((job) => job.id === id);
  if (found !== undefined) return found;
  const batch = state.jobs.find(
    (job) => job.mode.startsWith('BATCH') && job.id.slice(0, 10) === id.slice(0, 10),
  );
  const index = Number(id.slice(10));
  if (batch === undefined || !(index >= 0 && index < (batch.size ?? 1))) return undefined;
  return { ...batch, id, mode: batch.mode.slice('BATCH_'.length), size: undefined };
}

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
  /** Where the log of a job can be followed. */
  readonly logAddress: (id: string) => string;
}): ApiViews {
  const { state, fleet } = parts;

  function job(record: JobRecord): object {
    const running = record.status === 'RUNNING' && hasShell(record);
    const isBatch = record.mode.startsWith('BATCH');
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
      // Nodes of a batch; of any other, the bytes that it keeps.
      size: isBatch ? (record.size ?? 1) : 0,
      startedAt: record.startedAt ?? null,
      expiresAt: record.status === 'RUNNING' ? (record.expiresAt ?? null) : null,
      password: running ? (record.run?.password ?? null) : null,
      resource: { name: record.resource },
      runtime: runtimes.find((candidate) => orderOf(candidate) === record.runtime) ?? null,
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
        url:
          record.status === 'RUNNING' && instance !== undefined
            ? publicAddress(instance, owner, record.id, mapping)
            : null,
      })),
      rawCommand: record.command ?? null,
      parameters: (record.parameters ?? []).map(({ value, ...parameter }) => ({
        ...parameter,
        value: parameter.isSecret ? null : value,
      })),
      sourceCode: record.code === undefined ? null : { id: record.code },
      children: (): readonly object[] =>
        isBatch
          ? Array.from({ length: record.size ?? 1 }, (_, index) => {
              const child = findJob(state, childId(record.id, index));
              return child === undefined ? null : { ...job(child), batchParentId: record.id };
            }).filter((child) => child !== null)
          : [],
      output: { path: `${owner}/jobs/${record.id}/output` },
      links: [
        { name: 'frontend', value: `${instance?.origin ?? ''}/console/${owner}/jobs/${record.id}` },
        ...(record.status === 'RUNNING' ? [{ name: 'websocket', value: parts.logAddress(record.id) }] : []),
        // No blank after -p, as the platform writes it. Tasks offer no SSH.
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
    const origin = parts.instance()?.origin ?? '';
    return {
      ...found,
      tags: undefined,
      links: [
        { name: 'frontend', value: `${origin}/console/${found.owner ?? state.user}/containers/${found.id}` },
      ],
      size: 0,
      latestVersion: jobs.length,
      updatedAt: jobs[0]?.createdAt ?? null,
      latestJob: () => (jobs[0] === undefined ? null : job(jobs[0])),
      jobs: ({ page: number }: { page: number }) => page(jobs.map(job), number),
    };
  }

  return { job, project };
}

export const tagsOf = (project: PlatformState['projects'][number]): readonly string[] =>
  project.tags ?? [channel];

export const keyView = (key: PlatformState['keys'][number]) => ({
  // A number, as clients want it; earlier versions kept text.
  id: Number(key.id) || 1,
  name: key.name,
  fingerprint: keyFingerprint(key.content),
  createdAt: key.createdAt,
});
