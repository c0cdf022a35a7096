import type { MeasuredRoute } from '../../../shared/model/comparison-record.ts';
import { isFailure } from './ask-once.ts';
import { missing, persist, type TriedRoute } from './tried-route.ts';

const smallest = 1_024;
/** Nearer than this is no use to anybody. */
const close = 1.08;
const timeoutMs = 20_000;

/**
 * The largest body that this route takes, up to `mostBytes`. Halves the distance, as a ratio, between what passed and
 * what did not; what is refused is refused by its length, before it is sent.
 */
export async function measureBody(
  route: TriedRoute,
  path: string | undefined,
  mostBytes: number,
): Promise<MeasuredRoute['body']> {
  if (path === undefined) return missing('no_work');
  const passes = async (bytes: number): Promise<boolean | 'tunnel_busy' | 'limit_reached' | 'failed'> => {
    const allowed = await route.allowance.take(bytes, route.signal);
    if (allowed !== 'taken') return allowed;
    const answer = await persist(route, { path, method: 'POST', bodyBytes: bytes, timeoutMs });
    if (isFailure(answer)) return 'failed';
    if (answer.status === 413) return false;
    return answer.status < 300 ? true : 'failed';
  };
  const whole = await passes(mostBytes);
  if (whole === true) return { kind: 'passed', bytes: mostBytes };
  if (whole !== false) return missing(whole);
  let passed = smallest;
  let refused = mostBytes;
  while (refused / passed > close && !route.signal.aborted) {
    const next = Math.round(Math.sqrt(passed * refused));
    const outcome = await passes(next);
    if (outcome === true) passed = next;
    else if (outcome === false) refused = next;
    else return missing(outcome);
  }
  return { kind: 'limited', bytes: passed };
}
