import { randomInt } from 'node:crypto';

/** Undoes a timer or a subscription; calling it twice does nothing more. */
export type Stop = () => void;

/** Time as the engine sees it; tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch, for what people read: it jumps when somebody sets the clock. */
  now(): number;
  /** Milliseconds since whenever; never back and never in jumps. For how long something took and how long is left. */
  ticks(): number;
  /** Calls once after `ms` milliseconds. */
  after(ms: number, call: () => void): Stop;
}

/** A number in [0, 1). */
export type Random = () => number;

/** A random number that nobody can guess, for what lets somebody in. 48 bits: as many as `randomInt` gives at once. */
export const secureRandom: Random = () => randomInt(2 ** 48 - 1) / 2 ** 48;

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** So many small letters and digits, for ids and names. */
export const drawText = (random: Random, length: number): string =>
  Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');

export const systemClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** One line for the log file: what happened, never a secret. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  event: string,
  details?: Readonly<Record<string, unknown>>,
) => void;

export const silentLog: Log = () => {};
