import { describe, expect, it } from 'vitest';
import { percentOf, stripCells } from './strip-cells.ts';

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

describe('a share in percent', () => {
  it.each([
    [1, 100],
    [0.9999, 99.9],
    [0.985, 98.5],
    [0.29, 29],
    [0, 0],
    [undefined, undefined],
  ])('of %s is %s', (share, percent) => {
    expect(percentOf({ share })).toBe(percent);
  });
});
