import type { Clock } from './effects.ts';

/** Waits `ms` milliseconds; `false` as soon as the signal ends it. Leaves neither timer nor listener. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const stopTimer = clock.after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    const onAbort = () => {
      stopTimer();
      resolve(false);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
