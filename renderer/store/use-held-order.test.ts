import { describe, expect, it } from 'vitest';
import { type Fresh, keepOrder } from './use-held-order.ts';

describe('a list that is pointed at', () => {
  it.each<[what: string, before: string, now: string, fresh: Fresh, shown: string]>([
    ['keeps its order', 'abc', 'cba', 'after', 'abc'],
    ['shows what is new after the others', 'ab', 'xbya', 'after', 'abxy'],
    ['lets what is new wait where it would come first', 'ab', 'xyab', 'waits', 'ab'],
    ['lets go of what is gone', 'abc', 'ca', 'waits', 'ac'],
    ['is what there is, where nothing was shown', '', 'ba', 'after', 'ba'],
  ])('%s', (_what, before, now, fresh, shown) => {
    expect(keepOrder([...before], [...now], (id) => id, fresh).join('')).toBe(shown);
  });
});
