import type { Clock } from '../engine/base/effects.ts';

/** A clock that a test moves by hand: what is due is called in its order, each at its own time. */
export interface HandClock extends Clock {
  /** Moves on by so many ms. */
  pass(ms: number): void;
  /** How many timers wait. */
  waiting(): number;
}

/** Begins at `start`, in ms since the epoch. */
export function createHandClock(start = 0): HandClock {
  let now = start;
  let timers: { readonly at: number; readonly call: () => void }[] = [];
  return {
    now: () => now,
    ticks: () => now,
    after(ms, call) {
      const timer = { at: now + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = end;
    },
    waiting: () => timers.length,
  };
}
