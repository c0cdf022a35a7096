import { describe, expect, it } from 'vitest';
import { words } from '../../shared/words/index.ts';
import { age, ago, bytes, milliseconds } from './format.ts';

describe('an age', () => {
  it.each([
    [-5, '0 s', '0 秒'],
    [4_900, '4 s', '4 秒'],
    [59_999, '59 s', '59 秒'],
    [60_000, '1 min', '1 分钟'],
    [7_259_999, '2 h', '2 小时'],
    [8_040_000, '2 h 14 min', '2 小时 14 分'],
    [86_400_000, '1 d', '1 天'],
    [90_000_000, '1 d 1 h', '1 天 1 小时'],
  ])('of %i ms is “%s”, in Chinese “%s”', (ms, english, chinese) => {
    expect(age(ms, words.en.time)).toBe(english);
    expect(age(ms, words['zh-CN'].time)).toBe(chinese);
  });
});

describe('a time ago', () => {
  it('counts no seconds that have just begun', () => {
    expect([0, 4_999, 5_000, 7_200_000].map((ms) => ago(ms, words.en.time))).toEqual([
      'just now',
      'just now',
      '5 s ago',
      '2 h ago',
    ]);
    expect([0, 60_000].map((ms) => ago(ms, words['zh-CN'].time))).toEqual(['刚刚', '1 分钟前']);
  });
});

describe('a count of bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_200, '1.2 kB'],
    [5_000_000, '5 MB'],
    [2_500_000_000_000_000, '2,500 TB'],
  ])('of %i is %s', (count, text) => {
    expect(bytes(count, 'en')).toBe(text);
  });
});

describe('a time in ms', () => {
  it('keeps one decimal where it matters', () => {
    expect([0.42, 9.94, 9.96, 152.4].map(milliseconds)).toEqual(['0.4', '9.9', '10', '152']);
  });
});
