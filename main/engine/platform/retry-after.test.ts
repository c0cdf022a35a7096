import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

describe('how long a server asks to be left alone', () => {
  const now = Date.parse('2026-11-25T08:00:00Z');
  it.each([
    ['seconds', '30', 30],
    ['no time at all', '0', 1],
    ['a date', 'Wed, 25 Nov 2026 08:01:00 GMT', 60],
    ['a date that is past', 'Wed, 25 Nov 2026 07:00:00 GMT', 1],
    ['a day', '86400', 600],
    ['a number beyond all numbers', '9'.repeat(400), 600],
    ['nothing', null, undefined],
    ['no time', 'soon', undefined],
    ['an empty text', ' ', undefined],
  ])('%s', (_case, header, seconds) => {
    expect(readRetryAfter(header, now).seconds).toBe(seconds);
  });
});
