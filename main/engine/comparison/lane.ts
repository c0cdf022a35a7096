import type { MissingReason } from '../../../shared/model/lab.ts';
import type { PublicTarget } from '../health/index.ts';
import type { Allowance } from './allowance.ts';
import { type Ask, type Exchange, type ExchangeFailure, exchange, isFailure } from './exchange.ts';

/** One route as the lab's measurements see it. */
export interface Lane {
  readonly target: PublicTarget;
  readonly allowance: Allowance;
  readonly signal: AbortSignal;
}

/** In the place of a measured value: why there is none. */
export const missing = (why: MissingReason) => ({ kind: 'missing', why }) as const;

/** A route that loses one question in three still has a throughput: what is lost is asked again. */
const tries = 4;

/** Asks until an answer comes, a few times. */
export async function persist(lane: Lane, ask: Omit<Ask, 'signal'>): Promise<Exchange | ExchangeFailure> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await exchange(lane.target, { ...ask, signal: lane.signal });
    if (!isFailure(outcome) || attempt >= tries || lane.signal.aborted) return outcome;
    // A silence was waited for long enough; only what was cut at once is worth another try.
    if (outcome.error.code === 'public_timeout') return outcome;
  }
}
