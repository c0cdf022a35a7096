import { describe, expect, it } from 'vitest';
import { roundLine } from './round-lines.ts';

const box = { width: 100, height: 10, topMs: 40 };

describe('the line of rounds', () => {
  it('goes from the first to the last, zero at the bottom', () => {
    expect(roundLine([0, 20, 40], box)).toEqual({
      parts: ['0,10.0 50,5.0 100,0.0'],
      lost: [],
      leastMs: 0,
      mostMs: 40,
    });
  });

  it('is broken where nothing came', () => {
    expect(roundLine([20, null, null, 10, 10], box)).toMatchObject({
      parts: ['0,5.0', '75,7.5 100,7.5'],
      lost: [25, 50],
    });
  });

  it.each([
    ['nothing was asked', []],
    ['nothing ever came', [null, null]],
  ])('is none where %s', (_name, rounds) => {
    expect(roundLine(rounds, box)).toBeUndefined();
  });

  it('is a point for one round, and never leaves its box', () => {
    expect(roundLine([90], box)?.parts).toEqual(['0,0.0']);
  });
});
