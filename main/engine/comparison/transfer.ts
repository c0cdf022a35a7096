import type { MeasuredRoute } from '../../../shared/model/comparison-record.ts';
import { isFailure } from './ask-once.ts';
import { missing, persist, type TriedRoute } from './tried-route.ts';
import { fillPath } from './work.ts';

/** The amount grows until moving it takes long enough to be told from the set-up, in bytes and milliseconds. */
const sizes = [128 * 1024, 1024 * 1024, 8 * 1024 * 1024] as const;
const longEnoughMs = 400;
const timeoutMs = 20_000;

/** How many bytes a second come down this route. `path` takes `{bytes}`, or names files that are as large as they are. */
export async function measureDown(
  route: TriedRoute,
  paths: readonly string[],
): Promise<MeasuredRoute['down']> {
  return grow(route, paths.length === 0, async (bytes) => {
    for (const path of paths) {
      const answer = await persist(route, {
        path: fillPath(path, { bytes }),
        mostBytes: bytes,
        timeoutMs,
      });
      if (isFailure(answer)) return answer.error.code === 'public_timeout' ? 'slow' : undefined;
      if (answer.status >= 300 || answer.bytesDown < 1_024) continue;
      return {
        bytes: answer.bytesDown,
        ms: answer.totalMs - answer.waitMs,
        whole: answer.bytesDown >= bytes,
      };
    }
    return undefined;
  });
}

/** How many bytes a second go up. The time ends when the service has answered that it has them. */
export async function measureUp(route: TriedRoute, path: string | undefined): Promise<MeasuredRoute['up']> {
  return grow(route, path === undefined, async (bytes) => {
    const answer = await persist(route, { path: path ?? '/', method: 'POST', bodyBytes: bytes, timeoutMs });
    if (isFailure(answer)) return answer.error.code === 'public_timeout' ? 'slow' : undefined;
    return answer.status < 300 ? { bytes, ms: answer.totalMs, whole: true } : undefined;
  });
}

type Moved = { readonly bytes: number; readonly ms: number; readonly whole: boolean } | 'slow' | undefined;

async function grow(route: TriedRoute, noWork: boolean, move: (bytes: number) => Promise<Moved>) {
  if (noWork) return missing('no_work');
  let best: Exclude<Moved, 'slow' | undefined> | undefined;
  for (const size of sizes) {
    const allowed = await route.allowance.take(size, route.signal);
    if (allowed !== 'taken') {
      if (best === undefined) return missing(allowed);
      break;
    }
    const moved = await move(size);
    if (moved === undefined || moved === 'slow') break;
    best = moved;
    if (moved.ms >= longEnoughMs || !moved.whole) break;
  }
  if (best === undefined) return missing('failed');
  const ms = Math.max(best.ms, 0.01);
  return { kind: 'measured', bytes: best.bytes, ms, bytesPerSecond: (best.bytes / ms) * 1000 } as const;
}
