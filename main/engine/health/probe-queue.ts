import type { Clock, Stop } from '../base/effects.ts';
import type { HostBudget } from './host-budget.ts';

/** A question that waits for its turn. */
export interface Asking {
  readonly host: string;
  /** In doubt, or new: before those that only make sure. */
  readonly isUrgent: () => boolean;
  readonly ask: () => Promise<void>;
}

/** Questions under way at one time: two cores and a slow line are enough for these. */
const mostAtOnce = 6;

/** Asks what waits: host after host in turn, each within its budget, the urgent first. */
interface ProbeQueue {
  /** One that waits already stays where it is. */
  add(asking: Asking): void;
  remove(asking: Asking): void;
  stop(): void;
}

export function createProbeQueue(options: {
  readonly clock: Clock;
  readonly budget: HostBudget;
}): ProbeQueue {
  const { clock, budget } = options;
  const waiting = new Map<string, Set<Asking>>();
  let busy = 0;
  let timer: Stop | undefined;
  let stopped = false;

  function next(): Asking | undefined {
    let soonest = Number.POSITIVE_INFINITY;
    for (const [host, asking] of waiting) {
      const ms = budget.take(host);
      if (ms > 0) {
        soonest = Math.min(soonest, ms);
        continue;
      }
      const chosen = firstUrgent(asking) ?? first(asking);
      if (chosen === undefined) {
        budget.giveBack(host);
        continue;
      }
      asking.delete(chosen);
      // To the end of the row, so that every host has its turn.
      waiting.delete(host);
      if (asking.size > 0) waiting.set(host, asking);
      return chosen;
    }
    if (soonest !== Number.POSITIVE_INFINITY) {
      timer?.();
      timer = clock.after(soonest, drain);
    }
    return undefined;
  }

  function drain() {
    timer?.();
    timer = undefined;
    while (busy < mostAtOnce && !stopped) {
      const asking = next();
      if (asking === undefined) return;
      busy += 1;
      void asking.ask().then(() => {
        busy -= 1;
        budget.giveBack(asking.host);
        drain();
      });
    }
  }

  return {
    add(asking) {
      const others = waiting.get(asking.host) ?? new Set();
      others.add(asking);
      waiting.set(asking.host, others);
      drain();
    },
    remove(asking) {
      const others = waiting.get(asking.host);
      others?.delete(asking);
      if (others?.size === 0) waiting.delete(asking.host);
    },
    stop() {
      stopped = true;
      timer?.();
      timer = undefined;
      waiting.clear();
    },
  };
}

const first = (all: Iterable<Asking>): Asking | undefined => {
  for (const one of all) return one;
  return undefined;
};

/** Only as far as is worth looking: doubts are few, and come soon after they were put in. */
const firstUrgent = (all: Iterable<Asking>): Asking | undefined => {
  for (const one of all) if (one.isUrgent()) return one;
  return undefined;
};
