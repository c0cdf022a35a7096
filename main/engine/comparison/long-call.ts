import type { MeasuredRoute } from '../../../shared/model/comparison-record.ts';
import { askOnce, isFailure } from './ask-once.ts';
import { missing, type TriedRoute } from './tried-route.ts';
import { fillPath } from './work.ts';

/** Beyond what was asked for: a route may be slow without having a limit. */
const graceMs = 5_000;

/**
 * Asks for an answer that takes `ms` and sees whether it comes. What ends it earlier (504, 524, a cut) is the route's
 * limit. One cut at once is asked again: that is a loss, not a limit.
 */
export async function measureLong(
  route: TriedRoute,
  path: string | undefined,
  ms: number,
): Promise<MeasuredRoute['long']> {
  if (path === undefined) return missing('no_work');
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const answer = await askOnce(route.target, {
      path: fillPath(path, { ms }),
      timeoutMs: ms + graceMs,
      signal: route.signal,
    });
    if (route.signal.aborted) return missing('failed');
    if (isFailure(answer)) {
      if (answer.error.code === 'public_timeout' || answer.afterMs > 1_000)
        return { kind: 'cut', ms: answer.afterMs };
      continue;
    }
    if (answer.status < 300) return { kind: 'passed', ms };
    if (answer.status === 504 || answer.status === 524 || answer.status === 408)
      return { kind: 'cut', ms: answer.waitMs, status: answer.status };
    return missing('failed');
  }
  return missing('failed');
}
