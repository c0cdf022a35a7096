import { describe, expect, it } from 'vitest';
import { wordsIn } from '../../words/use-words.ts';
import { besideText } from './beside-text.ts';

describe('what a comparison took of tunnels in use', () => {
  it.each([
    [undefined, undefined],
    [{ others: 0, taken: 4_000_000 }, undefined],
    [{ others: 900_000, taken: 60_000 }, undefined],
    [{ others: 80_000_000, taken: 2_440_000 }, '80 MB'],
    [{ others: 80_000_000, taken: 2_440_000 }, '3.1%'],
  ])('of %j says %j', (beside, part) => {
    const said = besideText({ beside }, wordsIn('en'));
    if (part === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(part);
  });
});
