import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../base/effects.ts';
import type { PublishedState } from '../base/published-state.ts';
import {
  type CompareDependencies,
  type CompareService,
  compareService,
  createMeasuring,
} from './compare-service.ts';
import type { ComparisonHistory } from './history.ts';
import type { ComparisonLimits } from './measure-routes.ts';
import { type ComparisonQueue, createComparisonQueue } from './queue.ts';

const within = (limits: ComparisonLimits, most: number): ComparisonLimits => ({
  ...limits,
  roundsMs: Math.min(limits.roundsMs, most),
  longMs: Math.min(limits.longMs, most),
});

/** Both routes of a service side by side, and under the same work. */
export interface Comparing {
  readonly comparisonQueue: ComparisonQueue;
  readonly compare: CompareService;
}

export function createComparing(
  use: CompareDependencies & {
    readonly history: ComparisonHistory;
    readonly published: Pick<PublishedState, 'set'>;
    readonly clock: Clock;
    readonly log: Log;
    /** What the rounds, and the long request, may last at most, in ms. */
    readonly mostMs?: number;
  },
): Comparing {
  const measure = createMeasuring(use);
  const { mostMs = Number.POSITIVE_INFINITY } = use;
  const comparisonQueue = createComparisonQueue({
    measure: (id, how) => measure(id, { ...how, limits: within(how.limits, mostMs) }),
    history: use.history,
    clock: use.clock,
    newId: randomUUID,
    log: use.log,
    publish: (state) => use.published.set('comparison', state),
  });
  return {
    comparisonQueue,
    compare: (id, how, signal) => compareService({ ...use, comparisonQueue }, id, how, signal),
  };
}
