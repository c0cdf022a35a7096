import type { Random } from '../effects.ts';

/**
 * Milliseconds until the next question: 2–4 s while something changes, about 20 s when calm, a minute while
 * nobody looks. After failures it doubles from 4 s to a minute. Never in step with other clients.
 */
export function pollDelay(
  situation: { readonly changing: boolean; readonly hidden: boolean; readonly failures: number },
  random: Random,
): number {
  if (situation.failures > 0) {
    const ceiling = Math.min(60_000, 4000 * 2 ** (situation.failures - 1));
    return ceiling * (0.75 + random() / 4);
  }
  if (situation.changing) return 2000 + random() * 2000;
  return (situation.hidden ? 60_000 : 20_000) * (0.8 + random() * 0.4);
}
