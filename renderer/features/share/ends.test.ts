import { describe, expect, it } from 'vitest';
import { type End, untilOf } from './ends.ts';

const now = new Date(2026, 10, 30, 21, 30).getTime();

describe('the end that is chosen', () => {
  it.each<[End, string, number | null | undefined]>([
    ['hour', '', new Date(2026, 10, 30, 22, 30).getTime()],
    ['today', '', new Date(2026, 11, 1).getTime()],
    ['week', '', now + 7 * 86_400_000],
    ['never', '', null],
    ['date', '2026-12-24', new Date(2026, 11, 25).getTime()],
    ['date', '2026-11-29', undefined],
    ['date', '', undefined],
  ])('%s %s is the end of that time', (end, day, until) => {
    expect(untilOf(end, day, now)).toBe(until);
  });
});
