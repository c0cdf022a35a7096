import type { Clock } from './effects.ts';

/** What was promised, or `undefined` where it takes longer than `ms` milliseconds; it is not ended by that. */
export const within = <T>(
  ms: number,
  made: Promise<T>,
  clock: Pick<Clock, 'after'>,
): Promise<T | undefined> =>
  new Promise((resolve) => {
    const stopTimer = clock.after(ms, () => resolve(undefined));
    void made.then((value) => {
      stopTimer();
      resolve(value);
    });
  });
