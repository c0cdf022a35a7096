import type { ContainerStatus } from '../../../shared/model/container.ts';
import type { Instance } from '../../../shared/model/instance.ts';
import { mayName, placeOf } from '../../../shared/network-place.ts';
import { Secret } from '../base/secret.ts';
import type { ApiShape } from './api-shape.ts';
import type { PlatformContainer } from './types.ts';
import type { WireJob } from './wire.ts';

/** A job as the platform sends it, in our words. Pure. */
export function readContainer(
  job: WireJob,
  project: { readonly id: string; readonly name?: string | null | undefined },
  shape: ApiShape,
  instance: Pick<Instance, 'origin' | 'kind'>,
  /** The server's clock minus ours, in milliseconds. */
  skewMs = 0,
): PlatformContainer {
  const status = readStatus(job.status ?? '', job.subStatus ?? undefined);
  const ssh =
    status.kind === 'running'
      ? readSshLink(job.links?.find((link) => link.name === 'ssh')?.value ?? undefined, instance)
      : undefined;
  const endpoint = ssh === undefined ? undefined : `${ssh.host}:${ssh.port}`;
  const mappings = shape.readMappings(job);
  const addresses = status.kind === 'running' ? shape.readAddresses(job, mappings, instance.origin) : [];
  const local = (time: number | undefined) => (time === undefined ? undefined : time - skewMs);
  const runtime = [job.runtime?.framework, job.runtime?.version].filter(Boolean).join(' ');
  return {
    id: job.id,
    projectId: project.id,
    name: project.name || job.id,
    mode: job.mode ?? 'WORKSPACE',
    status,
    runId: `${job.id}@${job.startedAt ?? endpoint ?? job.createdAt ?? ''}`,
    startedAt: local(readTime(job.startedAt)),
    createdAt: local(readTime(job.createdAt)),
    endsAt: status.kind === 'running' ? local(readEnd(shape.readEnd(job))) : undefined,
    // Of any other job it is the room that its data takes, in bytes.
    size: job.mode?.startsWith('BATCH') && (job.size ?? 1) > 1 ? (job.size ?? undefined) : undefined,
    command: job.command ?? undefined,
    dataBindings: readBindings(job),
    consoleUrl: readConsole(job, instance),
    resource: job.resource?.name ?? undefined,
    runtime: runtime === '' ? undefined : runtime,
    mappings,
    ...(addresses.length === 0 ? {} : { addresses }),
    ssh,
    password: job.password ? new Secret(job.password) : undefined,
  };
}

/** Bindings whose data was deleted are gone in the next run too. */
function readBindings(job: WireJob): PlatformContainer['dataBindings'] {
  return job.dataBindings?.flatMap(
    ({ semanticBindingName: name, mountPath: path, isDeleted, bindingAuth }) => {
      if (!name || !path || isDeleted === true) return [];
      return [{ name, path, auth: bindingAuth === 'READ_WRITE' ? 'READ_WRITE' : 'READ_ONLY' } as const];
    },
  );
}

/** The page in the console; its address comes from the platform and is opened in a browser: web addresses only. */
function readConsole(job: WireJob, { origin }: Pick<Instance, 'origin'>): string | undefined {
  const value = job.links?.find((link) => link.name === 'frontend')?.value ?? '';
  if (value.length > 2000 || !/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value)) return undefined;
  return mayName(new URL(origin).hostname, new URL(value).hostname) ? value : undefined;
}

const readEnd = (value: unknown): number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? readTime(value) : undefined;

/** Words of one kind: those on record, and those that job systems commonly use for the same. */
const ends: readonly (readonly [RegExp, Extract<ContainerStatus, { kind: 'ended' }>])[] = [
  [/^(?:SUCCEEDED|SUCCESS|COMPLETED|COMPLETE|FINISHED|DONE)$/, { kind: 'ended', how: 'succeeded' }],
  [
    /^(?:FAILED|FAILURE|ERROR|CRASHED|OOM_?KILLED|TIMED?_?OUT|EVICTED|LOST)$/,
    { kind: 'ended', how: 'failed' },
  ],
  [
    /^(?:CANCELL?ED|STOPPED|TERMINATED|KILLED|ABORTED|EXPIRED|PREEMPTED|DELETED|REMOVED|CLOSED)$/,
    { kind: 'ended', how: 'cancelled' },
  ],
  [
    /^(?:CANCELL?ING|STOPPING|TERMINATING|KILLING|ABORTING|DELETING|REMOVING|CLOSING)$/,
    { kind: 'ended', how: 'cancelled', ending: true },
  ],
];

/** Words that are not on record are `pending`, with the word itself. */
function readStatus(word: string, subStatus: string | undefined): ContainerStatus {
  const upper = word.toUpperCase();
  if (upper === 'RUNNING') return { kind: 'running' };
  const end = ends.find(([words]) => words.test(upper))?.[1];
  return end ?? { kind: 'pending', raw: word || subStatus || '?' };
}

/**
 * Reads `ssh root@host -p31612` (no blank after `-p` on the real platform) and its variants. Host and user become
 * arguments of a connection: anything that is no plain name is refused.
 */
function readSshLink(
  line: string | undefined,
  instance: Pick<Instance, 'origin' | 'kind'>,
): { readonly user: string; readonly host: string; readonly port: number } | undefined {
  const text = line?.trim().slice(0, 500) ?? '';
  const target =
    /(?:^|\s)([a-z0-9_][a-z0-9_.-]{0,63})@([a-z0-9](?:[a-z0-9.-]{0,253})|\[[0-9a-f:.]+\])(?=\s|$)/i.exec(
      text,
    );
  const port = /(?:^|\s)-p\s*([0-9]{1,5})(?=\s|$)/.exec(text);
  if (target?.[1] === undefined || target[2] === undefined) return undefined;
  const number = port?.[1] === undefined ? 22 : Number(port[1]);
  if (number < 1 || number > 65_535) return undefined;
  const from = new URL(instance.origin).hostname;
  // A platform of one's own may stand in a private network under a public name.
  const isOwn = instance.kind === 'private' && placeOf(target[2]) === 'private';
  if (!isOwn && !mayName(from, target[2])) return undefined;
  return { user: target[1], host: target[2].replace(/^\[|\]$/g, ''), port: number };
}

/** ISO text, or seconds or milliseconds since the epoch. */
function readTime(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = typeof value === 'number' || /^[0-9]+$/.test(value) ? Number(value) : Date.parse(value);
  if (!Number.isFinite(number)) return undefined;
  return number < 100_000_000_000 ? number * 1000 : number;
}
