import { describe, expect, it } from 'vitest';
import { sharedOf, stripCells } from './strip-cells.ts';

describe('a strip', () => {
  it('tells what is unknown from what never answered', () => {
    expect(stripCells('-0590?').map(({ state }) => state)).toEqual([
      'unknown',
      'down',
      'partly',
      'up',
      'down',
      'unknown',
    ]);
    expect(stripCells('5')[0]?.share).toBeCloseTo(0.556, 3);
    expect(stripCells('')).toEqual([]);
  });
});

describe('a share', () => {
  it.each([
    ['hour', 1, 3_600, { kind: 'known', percent: 100, watchedMs: 3_600_000 }],
    ['hour', 0.9999, 400, { kind: 'known', percent: 99.9, watchedMs: 400_000 }],
    ['hour', 0.29, 360, { kind: 'known', percent: 29, watchedMs: 360_000 }],
    ['hour', 0, 3_600, { kind: 'known', percent: 0, watchedMs: 3_600_000 }],
    ['hour', 1, 44, { kind: 'short', watchedMs: 44_000 }],
    ['day', 1, 3_600, { kind: 'short', watchedMs: 3_600_000 }],
    ['week', 0.342, 44, { kind: 'short', watchedMs: 44_000 }],
    ['week', 0.342, 60_480, { kind: 'known', percent: 34.2, watchedMs: 60_480_000 }],
    ['week', undefined, 0, { kind: 'unknown' }],
  ] as const)(
    'of %s, %s over %d s, is said with the time watched, or not at all',
    (range, share, knownSeconds, said) => {
      expect(sharedOf(range, { knownSeconds, ...(share === undefined ? {} : { share }) })).toEqual(said);
    },
  );
});
