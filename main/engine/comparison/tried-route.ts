import type { MissingReason } from '../../../shared/model/comparison-record.ts';
import type { PublicTarget } from '../health/index.ts';
import type { Allowance } from './allowance.ts';
import { type Answered, type Ask, askOnce, isFailure, type Unanswered } from './ask-once.ts';

/** One route as a comparison sees it. */
export interface TriedRoute {
  readonly target: PublicTarget;
  readonly allowance: Allowance;
  readonly signal: AbortSignal;
}

/** In the place of a measured value: why there is none. */
export const missing = (why: MissingReason) => ({ kind: 'missing', why }) as const;

/** A route that loses one question in three still has a throughput: what is lost is asked again. */
const tries = 4;

/** Asks until an answer comes, a few times. */
export async function persist(route: TriedRoute, ask: Omit<Ask, 'signal'>): Promise<Answered | Unanswered> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await askOnce(route.target, { ...ask, signal: route.signal });
    if (!isFailure(outcome) || attempt >= tries || route.signal.aborted) return outcome;
    // A silence was waited for long enough; only what was cut at once is worth another try.
    if (outcome.error.code === 'public_timeout') return outcome;
  }
}
