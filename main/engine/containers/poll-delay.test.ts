import { describe, expect, it } from 'vitest';
import { pollDelay } from './poll-delay.ts';

describe('the delay between two questions', () => {
  it.each([
    ['while something changes', { changing: true, hidden: false, failures: 0 }, 4000, 6000],
    ['while it changes and nobody looks', { changing: true, hidden: true, failures: 0 }, 4000, 6000],
    ['when calm', { changing: false, hidden: false, failures: 0 }, 16_000, 24_000],
    [
      'when something new came',
      { changing: false, hidden: false, failures: 0, unchanged: 0 },
      16_000,
      24_000,
    ],
    ['when nothing new came', { changing: false, hidden: false, failures: 0, unchanged: 1 }, 48_000, 72_000],
    ['while it changes again', { changing: true, hidden: false, failures: 0, unchanged: 9 }, 4000, 6000],
    ['when nobody looks', { changing: false, hidden: true, failures: 0 }, 48_000, 72_000],
    ['after one failure', { changing: true, hidden: false, failures: 1 }, 3000, 4000],
    ['after three failures', { changing: false, hidden: false, failures: 3 }, 12_000, 16_000],
    [
      'after the platform asked for a pause',
      { changing: true, hidden: false, failures: 1, waitSeconds: 100 },
      100_000,
      125_000,
    ],
    ['without a network', { changing: true, hidden: false, failures: 9, offline: true }, 4000, 6000],
    ['after many failures', { changing: false, hidden: false, failures: 1000 }, 45_000, 60_000],
  ])('%s lies within its bounds and is not the same for everyone', (_case, situation, low, high) => {
    expect(pollDelay(situation, () => 0)).toBeCloseTo(low, -1);
    expect(pollDelay(situation, () => 0.999_999)).toBeCloseTo(high, -1);
  });

  it('is none once the token was refused', () => {
    const situation = { changing: true, hidden: false, failures: 1, refused: true };
    expect(pollDelay(situation, Math.random)).toBeUndefined();
  });
});
