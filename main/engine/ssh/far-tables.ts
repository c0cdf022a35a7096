import { type Listening, listeningCommand, readListening } from '../../../shared/probe/index.ts';
import type { Clock } from '../base/effects.ts';
import type { FarPort, Ssh } from './types.ts';

/** How long (ms) one reading serves all who ask. */
const freshMs = 2_000;
const timeoutMs = 15_000;
const maxBytes = 1_000_000;

/** Whether something listens on the far side, without a connection to it: a server may have one place, and end with its first client. */
export interface FarTables {
  look(key: string, host: string, port: number, signal: AbortSignal): Promise<FarPort>;
}

export function createFarTables({
  ssh,
  clock,
}: {
  readonly ssh: Pick<Ssh, 'exec' | 'isLinked'>;
  readonly clock: Pick<Clock, 'ticks'>;
}): FarTables {
  const readings = new Map<
    string,
    { readonly at: number; readonly all: Promise<readonly Listening[] | undefined> }
  >();

  /** One reading for all who ask at the same time: it does not end with the signal of one of them. */
  function read(key: string): Promise<readonly Listening[] | undefined> {
    const before = readings.get(key);
    if (before !== undefined && clock.ticks() - before.at < freshMs) return before.all;
    const how = { signal: new AbortController().signal, timeoutMs, maxBytes };
    const all = ssh
      .exec(key, listeningCommand, how)
      .then((answer) => (answer.ok ? readListening(answer.value.stdout) : undefined));
    readings.set(key, { at: clock.ticks(), all });
    return all;
  }

  return {
    async look(key, host, port, signal) {
      if (!isItself(host)) return { kind: 'unknown' };
      const all = await read(key);
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
