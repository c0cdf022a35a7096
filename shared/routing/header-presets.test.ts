import { describe, expect, it } from 'vitest';
import type { HeaderChange, HeaderChoice } from '../model/headers.ts';
import { nextChoice, rulesOf } from './header-presets.ts';

const ollama: HeaderChoice = { preset: 'ollama', on: [], off: [] };

describe('the next choice of headers', () => {
  it.each<readonly [string, HeaderChoice | undefined, readonly HeaderChange[], HeaderChoice]>([
    [
      'begins with what answers',
      undefined,
      [{ rule: 'host', on: true }],
      { preset: 'auto', on: ['host'], off: [] },
    ],
    ['keeps a rule out', ollama, [{ rule: 'host', on: false }], { ...ollama, off: ['host'] }],
    [
      'takes two steps that come at once',
      ollama,
      [
        { rule: 'host', on: false },
        { rule: 'cookies', on: true },
      ],
      { preset: 'ollama', on: ['cookies'], off: ['host'] },
    ],
    [
      'takes a rule back in',
      { ...ollama, off: ['host', 'origin'] },
      [{ rule: 'host', on: true }],
      { preset: 'ollama', on: ['host'], off: ['origin'] },
    ],
    [
      'forgets the rules with their preset',
      { ...ollama, off: ['host'] },
      [{ preset: 'vite' }],
      { preset: 'vite', on: [], off: [] },
    ],
  ])('%s', (_case, before, steps, after) => {
    expect(steps.reduce<HeaderChoice | undefined>(nextChoice, before)).toEqual(after);
  });

  it('says of a rule what is in force afterwards, whatever the preset says', () => {
    for (const preset of ['auto', 'ollama', 'vite'] as const)
      for (const on of [true, false])
        expect(rulesOf(nextChoice({ preset, on: [], off: [] }, { rule: 'host', on })).has('host')).toBe(on);
  });
});
