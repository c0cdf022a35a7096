import type { Clock } from '../base/effects.ts';
import type { Link } from './types.ts';

/** A client that comes while the link is away waits this long, then it is reset. */
const patienceMs = 10_000;

/** Clients that came while there was no link. */
export function waitingClients(clock: Clock) {
  const waiting = new Set<(link: Link | undefined) => void>();
  return {
    /** The next link within the client's patience; `undefined` where none comes, or none will. */
    wait: (): Promise<Link | undefined> =>
      new Promise((resolve) => {
        const settle = (found: Link | undefined) => {
          stop();
          waiting.delete(settle);
          resolve(found);
        };
        const stop = clock.after(patienceMs, () => settle(undefined));
        waiting.add(settle);
      }),
    /** Serves all who wait, or with nothing sends them away. */
    settle(link: Link | undefined): void {
      for (const settle of [...waiting]) settle(link);
    },
  };
}
