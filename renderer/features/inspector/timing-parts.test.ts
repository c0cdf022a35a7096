import { describe, expect, it } from 'vitest';
import { timingParts } from './timing-parts.ts';

describe('the parts of an exchange', () => {
  it('fill the whole, one after the other', () => {
    expect(timingParts({ queueMs: 10, connectMs: 20, firstByteMs: 30, totalMs: 100 })).toEqual([
      { name: 'queue', ms: 10, start: 0, width: 10 },
      { name: 'connect', ms: 20, start: 10, width: 20 },
      { name: 'firstByte', ms: 30, start: 30, width: 30 },
      { name: 'rest', ms: 40, start: 60, width: 40 },
    ]);
  });

  it('leave out what was not reached', () => {
    expect(timingParts({ queueMs: 5 }).map(({ name }) => name)).toEqual(['queue']);
    expect(timingParts({})).toEqual([]);
  });

  it('are never negative where clocks disagree by a little', () => {
    const parts = timingParts({ queueMs: 1, connectMs: 1, firstByteMs: 1, totalMs: 2.9 });
    expect(parts.at(-1)).toMatchObject({ name: 'rest', ms: 0, width: 0 });
  });
});
