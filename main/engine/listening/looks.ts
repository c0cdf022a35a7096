import { isDeepStrictEqual } from 'node:util';
import type { LookState } from '../../../shared/model/container.ts';
import type { Listening } from '../../../shared/probe/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';

/** A container as a look needs it: which run of it, and whether its SSH server is there to be asked. */
interface Lookable {
  readonly id: string;
  readonly runId: string;
  readonly reachable: boolean;
}

/**
 * What listens in each container, asked over SSH: once for each run by itself, again when somebody wants to know.
 * One container after the other, so that a list of many opens no storm of connections.
 */
export interface Looks {
  /** Hands in the present containers; those whose run is new are looked at. */
  follow(containers: readonly Lookable[]): void;
  /** Looks now, whatever was seen before. */
  now(containerId: string, signal: AbortSignal): Promise<Result<null>>;
  /** The same without a word to the person; what was seen before stays where it fails. */
  quietly(containerId: string, signal: AbortSignal): Promise<Result<null>>;
  /** Those that failed are looked at again with the next list. */
  again(): void;
  listening(): ReadonlyMap<string, readonly Listening[]>;
  stop(): void;
}

/** More are looked at only when asked for: a person with hundreds of containers works in a few of them. */
const mostByItself = 20;

/**
 * Ports that are kept of one container: more is a flood, which would bury its services and fill the memory file. Whoever
 * looks is told how many there are beyond.
 */
const mostPorts = 64;
/** From here on systems give ports to whoever asks for any (RFC 6056); services are put below. */
const firstOfAny = 32_768;

/** The SSH server of a new run is ready some seconds after the platform says RUNNING. */
const retryMs = [1_000, 3_000, 8_000] as const;

export function createLooks(options: {
  readonly clock: Clock;
  readonly look: (containerId: string, signal: AbortSignal) => Promise<Result<readonly Listening[]>>;
  readonly onState: (containerId: string, state: LookState) => void;
  /** Something else listens than was known, or it was not known at all. */
  readonly onSeen: () => void;
}): Looks {
  const { clock } = options;
  const seen = new Map<string, { readonly runId: string; readonly listens: readonly Listening[] }>();
  /** Runs that were looked at by itself, or wait for it. */
  const begun = new Map<string, string>();
  const queue: string[] = [];
  const life = new AbortController();
  let present: ReadonlyMap<string, Lookable> = new Map();
  let working = false;

  async function once(id: string, signal: AbortSignal, isQuiet = false): Promise<Result<null>> {
    const runId = present.get(id)?.runId ?? '';
    if (!isQuiet) options.onState(id, { kind: 'looking' });
    const found = await options.look(id, signal);
    const result = found.ok ? ok(mostWanted(found.value)) : found;
    const more = found.ok ? found.value.length - mostPorts : 0;
    // The container may have been started anew meanwhile: what was seen belongs to a run that is gone.
    const before = seen.get(id);
    if (present.get(id)?.runId === runId && result.ok) seen.set(id, { runId, listens: result.value });
    if (!isQuiet || result.ok)
      options.onState(
        id,
        result.ok ? { kind: 'done', ...(more > 0 ? { more } : {}) } : { kind: 'failed', error: result.error },
      );
    // Looks by itself come all the time and find what is known.
    if (!isDeepStrictEqual(seen.get(id), before)) options.onSeen();
    return result.ok ? { ok: true, value: null } : result;
  }

  async function work() {
    if (working) return;
    working = true;
    for (let id = queue.shift(); id !== undefined && !life.signal.aborted; id = queue.shift()) {
      for (const wait of [...retryMs, undefined]) {
        const run = present.get(id);
        if (run === undefined || !run.reachable || begun.get(id) !== run.runId) break;
        const result = await once(id, life.signal);
        if (result.ok || wait === undefined || !worthRetrying(result.error.code)) break;
        await pause(wait, clock, life.signal);
      }
    }
    working = false;
  }

  return {
    follow(containers) {
      present = new Map(containers.map((container) => [container.id, container]));
      for (const [id, { runId }] of seen) {
        const now = present.get(id);
        if (now === undefined || now.runId !== runId || !now.reachable) seen.delete(id);
      }
      for (const [id, runId] of begun) {
        const now = present.get(id);
        if (now === undefined || now.runId !== runId || !now.reachable) begun.delete(id);
      }
      for (const container of containers) {
        if (!container.reachable || begun.has(container.id) || begun.size >= mostByItself) continue;
        begun.set(container.id, container.runId);
        queue.push(container.id);
      }
      void work();
    },
    now: (id, signal) => once(id, signal),
    quietly: (id, signal) => once(id, signal, true),
    again() {
      for (const id of [...begun.keys()]) if (!seen.has(id) && !queue.includes(id)) begun.delete(id);
    },
    listening: () => new Map([...seen].map(([id, { listens }]) => [id, listens])),
    stop: () => life.abort(),
  };
}

/** A refused login or a changed key will not be better in three seconds, and trying again looks like guessing. */
const worthRetrying = (code: string): boolean =>
  code === 'ssh_unreachable' || code === 'ssh_timeout' || code === 'ssh_lost';

/** The lowest ports first, those that nobody chose last. */
function mostWanted(all: readonly Listening[]): readonly Listening[] {
  if (all.length <= mostPorts) return all;
  const isChosen = ({ port }: Listening) => port < firstOfAny;
  return [...all.filter(isChosen), ...all.filter((one) => !isChosen(one))].slice(0, mostPorts);
}
