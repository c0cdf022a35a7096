import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../base/effects.ts';
import type { PublishedState } from '../base/published-state.ts';
import {
  type CompareDependencies,
  type CompareService,
  compareService,
  createMeasuring,
} from './compare-service.ts';
import { createLabDesk, type LabDesk } from './desk.ts';
import type { LabHistory } from './history.ts';
import type { LabLimits } from './lab.ts';

const within = (limits: LabLimits, most: number): LabLimits => ({
  ...limits,
  roundsMs: Math.min(limits.roundsMs, most),
  longMs: Math.min(limits.longMs, most),
});

/** Both routes of a service side by side, and under the same work. */
export interface Comparing {
  readonly labDesk: LabDesk;
  readonly compare: CompareService;
}

export function createComparing(
  use: CompareDependencies & {
    readonly history: LabHistory;
    readonly published: Pick<PublishedState, 'set'>;
    readonly clock: Clock;
    readonly log: Log;
    /** What the rounds, and the long request, may last at most, in ms. */
    readonly mostMs?: number;
  },
): Comparing {
  const measure = createMeasuring(use);
  const { mostMs = Number.POSITIVE_INFINITY } = use;
  const labDesk = createLabDesk({
    measure: (id, how) => measure(id, { ...how, limits: within(how.limits, mostMs) }),
    history: use.history,
    clock: use.clock,
    newId: randomUUID,
    log: use.log,
    publish: (state) => use.published.set('lab', state),
  });
  return { labDesk, compare: (id, how, signal) => compareService({ ...use, labDesk }, id, how, signal) };
}
