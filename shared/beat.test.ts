import { describe, expect, it } from 'vitest';
import { beatMs, untilBeat } from './beat.ts';

describe('the beat', () => {
  it.each([
    [0, 30_000],
    [1, 29_999],
    [29_999, 1],
    [30_000, 30_000],
  ])('at %i ms comes again in %i ms', (now, ms) => {
    expect(untilBeat(now)).toBe(ms);
  });

  it('of a longer time falls on one of the usual', () => {
    const now = 1_764_072_345_678;
    expect((now + untilBeat(now, 60_000)) % beatMs).toBe(0);
    expect((now + untilBeat(now, 1_000)) % 1_000).toBe(0);
  });
});
