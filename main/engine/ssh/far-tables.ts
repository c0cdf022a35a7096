import { type Listening, listeningCommand, readListening } from '../../../shared/probe/index.ts';
import type { Clock } from '../base/effects.ts';
import { within } from '../base/within.ts';
import type { FarPort, Ssh } from './types.ts';

/** How long (ms) one reading serves all who ask. */
const freshMs = 2_000;
/** A login shell may take a minute over its rc files, and every command with it. */
const timeoutMs = 90_000;
/** Who asks is told by then that it is not known. */
const patienceMs = 3_000;
const maxBytes = 1_000_000;

/** Whether something listens on the far side, without a connection to it: a server may have one place, and end with its first client. */
export interface FarTables {
  look(key: string, host: string, port: number, signal: AbortSignal): Promise<FarPort>;
}

/** `at`: when it began. One that is under way is shared, however long it takes. */
interface Reading {
  readonly at: number;
  isDone: boolean;
  readonly all: Promise<readonly Listening[] | undefined>;
}

export function createFarTables({
  ssh,
  clock,
}: {
  readonly ssh: Pick<Ssh, 'exec' | 'isLinked'>;
  readonly clock: Pick<Clock, 'ticks' | 'after'>;
}): FarTables {
  const readings = new Map<string, Reading>();

  /** One reading for all who ask at the same time: it does not end with the signal of one of them. */
  function read(key: string): Promise<readonly Listening[] | undefined> {
    const before = readings.get(key);
    if (before !== undefined && (!before.isDone || clock.ticks() - before.at < freshMs)) return before.all;
    const how = { signal: new AbortController().signal, timeoutMs, maxBytes };
    const reading: Reading = {
      at: clock.ticks(),
      isDone: false,
      all: ssh.exec(key, listeningCommand, how).then((answer) => {
        reading.isDone = true;
        return answer.ok ? readListening(answer.value.stdout) : undefined;
      }),
    };
    readings.set(key, reading);
    return reading.all;
  }

  return {
    async look(key, host, port, signal) {
      if (!isItself(host)) return { kind: 'unknown' };
      const all = await within(patienceMs, read(key), clock);
      if (all === undefined || signal.aborted) return { kind: 'unknown' };
      const by = all.find((listening) => listening.port === port);
      return by !== undefined && isReached(by, host) ? { kind: 'listens', by } : { kind: 'absent' };
    },
  };
}

const isItself = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '0.0.0.0' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** A port that is bound to one address is reached by that one only. Pure. */
function isReached({ bind, addresses = [] }: Listening, host: string): boolean {
  if (addresses.length === 0) return true;
  if (host === '::1') return addresses.some((address) => address === '::' || address === '::1');
  const isFour = (address: string) =>
    /^(?:::ffff:)?127\./.test(address) || address === '0.0.0.0' || address === '::';
  if (addresses.some(isFour)) return true;
  return host === 'localhost' ? addresses.includes('::1') : bind === 'any' && addresses.includes(host);
}
