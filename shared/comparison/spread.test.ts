import { describe, expect, it } from 'vitest';
import { jitterOf, percentile, spreadOf } from './spread.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe('percentiles', () => {
  it.each([
    [[], 0.5, undefined],
    [[7], 0.99, 7],
    [[3, 1, 2], 0.5, 2],
    [hundred, 0.5, 50],
    [hundred, 0.95, 95],
    [hundred, 0.99, 99],
    [hundred, 0, 1],
  ])('of %j at %d is %j', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('come together with how many values there were', () => {
    expect(spreadOf([4, 2])).toEqual({ p50: 2, p95: 4, p99: 4, count: 2 });
    expect(spreadOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99, count: 100 });
    expect(spreadOf([])).toBeUndefined();
  });
});

describe('jitter', () => {
  it.each([
    [[], undefined],
    [[5], undefined],
    [[5, 5, 5], 0],
    [[1, 3, 2], 1.5],
  ])('of %j is %j', (values, expected) => {
    expect(jitterOf(values)).toBe(expected);
  });
});
