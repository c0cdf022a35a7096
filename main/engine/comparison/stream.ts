import type { MeasuredRoute } from '../../../shared/model/comparison-record.ts';
import { isFailure } from './ask-once.ts';
import { missing, persist, type TriedRoute } from './tried-route.ts';
import { fillPath } from './work.ts';

const events = { count: 10, ms: 100 } as const;
/** A stream of one second; a route that gathers needs as long, and then the way. */
const timeoutMs = 12_000;
/** Where the first piece comes in the last fifth of the stream, the route has gathered. */
const lateShare = 0.8;

/** Does a stream arrive as it is made, or all at the end. */
export async function measureStream(
  route: TriedRoute,
  path: string | undefined,
): Promise<MeasuredRoute['stream']> {
  if (path === undefined) return missing('no_work');
  const answer = await persist(route, { path: fillPath(path, events), timeoutMs, mostBytes: 64 * 1024 });
  if (isFailure(answer) || answer.status >= 300) return missing('failed');
  const [firstMs = answer.totalMs] = answer.piecesAt;
  const lastMs = answer.piecesAt.at(-1) ?? answer.totalMs;
  const made = (events.count - 1) * events.ms;
  return {
    kind: 'measured',
    chunks: answer.piecesAt.length,
    firstMs,
    lastMs,
    buffered: lastMs - firstMs < made * (1 - lateShare),
  };
}
