import { describe, expect, it } from 'vitest';
import { electronArguments, readPhaseArguments } from './arguments.mjs';

describe('the arguments of npm test', () => {
  const names = ['format', 'types', 'e2e'];

  it.each([
    { words: [], only: names, rest: [] },
    { words: ['--grep', 'x'], only: names, rest: ['--grep', 'x'] },
    { words: ['--only', 'e2e'], only: ['e2e'], rest: [] },
    {
      words: ['--only', 'types,e2e', 'window.spec.ts', '--headed'],
      only: ['types', 'e2e'],
      rest: ['window.spec.ts', '--headed'],
    },
  ])('are read: $words', ({ words, only, rest }) => {
    expect(readPhaseArguments(words, names)).toEqual({ only, rest });
  });

  it.each([['--only'], ['--only', 'tpyes'], ['--only', '']])(
    'that name no phase are refused: %s %s',
    (...words) => {
      expect(() => readPhaseArguments(words, names)).toThrow(/There is no phase/);
    },
  );
});

describe("Electron's arguments", () => {
  it("begin with the application's folder and end with what the person wrote", () => {
    const words = ['--demo', '--user-data-dir=/a b'];
    expect(electronArguments({ folder: '/app', asRoot: false, words })).toEqual(['/app', ...words]);
  });

  it('turn the sandbox off for root only', () => {
    expect(electronArguments({ folder: '/app', asRoot: true, words: [] })).toEqual(['/app', '--no-sandbox']);
  });
});
