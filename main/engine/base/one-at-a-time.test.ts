import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

describe('one at a time', () => {
  it('begins a work when the one before has ended, in the order in which they came', async () => {
    const inLine = oneAtATime();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([inLine(work('a')), inLine(work('b')), inLine(work('c'))])).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('goes on after a work that failed, which alone hears of it', async () => {
    const inLine = oneAtATime();
    const failing = inLine(() => Promise.reject(new Error('broken')));
    const next = inLine(async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
