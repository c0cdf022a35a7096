import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';

/** How much the comparison may move, so that it does not disturb those who work. */
export interface Allowance {
  /** Waits until `bytes` more are within the limits; `false` says that they are not and will not be soon. */
  take(bytes: number, signal: AbortSignal): Promise<'taken' | 'tunnel_busy' | 'limit_reached'>;
  /** Bytes taken so far. */
  readonly taken: () => number;
  /** What others moved since this began, in bytes, and what was taken while they did. */
  readonly beside: () => { readonly others: number; readonly taken: number };
}

/** Of what others move over the same container's connection while the comparison works. */
const shareOfOthers = 0.05;
/** A page that refreshes itself is no use of a tunnel that could be disturbed, in bytes a second. */
const quietBytesPerSecond = 32 * 1024;
/** So much is never felt: a question and its answer. */
const freeBytes = 64 * 1024;
const lookMs = 250;
/** So long a quiet connection is taken to stay quiet. */
const quietMs = 1_000;
const patienceMs = 3_000;

/**
 * `others` counts the bytes of everybody else on the container's connection. While they move something, everything
 * that the comparison takes stays below a twentieth of it; without them only `mostBytes` is a limit.
 */
export function createAllowance(options: {
  readonly others: () => number;
  readonly mostBytes: number;
  readonly clock: Clock;
}): Allowance {
  const { others, clock } = options;
  const begun = others();
  let taken = 0;
  let busyTaken = 0;
  let quietUntil = 0;

  async function isQuiet(signal: AbortSignal): Promise<boolean> {
    if (clock.now() < quietUntil) return true;
    const before = others();
    const beforeAt = clock.now();
    if (!(await pause(lookMs, clock, signal))) return false;
    const seconds = Math.max(0.001, (clock.now() - beforeAt) / 1000);
    const quiet = (others() - before) / seconds < quietBytesPerSecond;
    if (quiet) quietUntil = clock.now() + quietMs;
    return quiet;
  }

  return {
    taken: () => taken,
    // A tunnel that was closed meanwhile takes its count with it.
    beside: () => ({ others: Math.max(0, others() - begun), taken: busyTaken }),
    async take(bytes, signal) {
      if (taken + bytes > options.mostBytes) return 'limit_reached';
      const waitedFrom = clock.now();
      for (;;) {
        const quiet = bytes > freeBytes && (await isQuiet(signal));
        if (signal.aborted) return 'limit_reached';
        const allowed = freeBytes + shareOfOthers * (others() - begun) - busyTaken;
        if (quiet || bytes <= allowed || bytes <= freeBytes) {
          taken += bytes;
          if (!quiet) busyTaken += bytes;
          return 'taken';
        }
        if (clock.now() - waitedFrom > patienceMs) return 'tunnel_busy';
      }
    },
  };
}
