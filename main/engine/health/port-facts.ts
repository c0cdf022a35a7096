import type { Facts } from '../../../shared/model/service.ts';
import { greetingByName } from '../../../shared/recognition/index.ts';
import type { AppError } from '../../../shared/result.ts';

/** One port of a container, as the container's own tables show it. */
type SeenPort =
  | { readonly kind: 'listens'; readonly by: { readonly port: number; readonly process?: string } }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/**
 * Facts of a service that was asked nothing: whether it listens is read from its container's tables, and what it is from
 * its name there. `undefined` where the tables cannot be read. `now` in ms since the epoch. Pure.
 */
export function factsOfPort(seen: SeenPort, port: number, now: number): Facts | undefined {
  const common = { at: now, totalMs: 0, isSeenOnly: true } as const;
  switch (seen.kind) {
    case 'unknown':
      return undefined;
    case 'absent': {
      const error: AppError = { code: 'target_refused', params: { port } };
      return { ...common, steps: [{ name: 'channel', kind: 'failed', ms: 0, error }] };
    }
    case 'listens': {
      const greeting = greetingByName(seen.by);
      return { ...common, steps: [], ...(greeting === undefined ? {} : { greeting }) };
    }
  }
}
