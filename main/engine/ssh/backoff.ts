import type { Random } from '../base/effects.ts';

const leastMs = 500;
const mostMs = 30_000;

/** A life longer than this was stable: the next loss counts as the first one again. */
export const stableMs = 60_000;

/**
 * Pause before the `attempt`-th try (from 1), in milliseconds: full jitter between 0.5 s and a bound that doubles up
 * to 30 s, so that many tunnels come back one after the other
 * (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 */
export function backoffMs(attempt: number, random: Random): number {
  const bound = Math.min(mostMs, leastMs * 2 ** Math.min(attempt, 10));
  return Math.round(leastMs + random() * (bound - leastMs));
}
