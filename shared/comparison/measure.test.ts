import { describe, expect, it } from 'vitest';
import type { Facts } from '../model/service.ts';
import { measureOf } from './measure.ts';
import { median } from './median.ts';

const good = (tcp: number, firstByteMs: number, totalMs: number): Facts => ({
  at: 0,
  steps: [
    { name: 'name', kind: 'ok', ms: 1 },
    { name: 'tcp', kind: 'ok', ms: tcp },
    { name: 'firstByte', kind: 'ok', ms: firstByteMs },
  ],
  totalMs,
  firstByteMs,
});
const bad: Facts = {
  at: 0,
  steps: [{ name: 'tcp', kind: 'failed', ms: 1, error: { code: 'tcp_refused' } }],
  totalMs: 1,
};

describe('the median', () => {
  it.each([
    [[], undefined],
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('several rounds on one route', () => {
  it('give the median of each time, and connecting is what came before the first byte was asked for', () => {
    expect(measureOf([good(2, 10, 20), good(4, 30, 40), good(90, 20, 30)])).toMatchObject({
      kind: 'reached',
      connectMs: 5,
      firstByteMs: 20,
      totalMs: 30,
      rounds: 3,
    });
  });

  it('count as failed when half of them failed, with the reason', () => {
    expect(measureOf([good(1, 1, 1), bad])).toMatchObject({ kind: 'failed', error: { code: 'tcp_refused' } });
    expect(measureOf([good(1, 1, 1), good(1, 1, 1), bad])).toMatchObject({ kind: 'reached', rounds: 2 });
  });

  it('say nothing when there were none', () => {
    expect(measureOf([])).toBeUndefined();
  });
});
