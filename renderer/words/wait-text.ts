import type { TunnelWait } from '../../shared/model/service.ts';
import type { Words } from './use-words.ts';

/** A part of connecting that is silent for so long (ms) is counted down. */
const quietMs = 4_000;

/** What connecting waits for, and how long it still does; `undefined` while it goes on. */
export function waitText(
  wait: TunnelWait | undefined,
  { texts: { lane }, say }: Pick<Words, 'texts' | 'say'>,
  now: number,
): string | undefined {
  if (wait === undefined || now - wait.since < quietMs) return undefined;
  const seconds = Math.max(0, Math.ceil((wait.until - now) / 1_000));
  return say(lane.waitingLeft, { what: lane.waiting[wait.phase], seconds });
}
