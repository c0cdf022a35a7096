import { describe, expect, it } from 'vitest';
import { localName } from './local-name.ts';

const none: ReadonlySet<string> = new Set();

describe('a local name', () => {
  it.each([
    ['gradio', 'gradio'],
    ['Vision Lab-7860', 'vision-lab-7860'],
    ['  __a..b  ', 'a-b'],
    ['Café', 'cafe'],
    ['视觉实验室', 'service'],
    ['视觉-7860', '7860'],
    ['', 'service'],
    ['---', 'service'],
    ['xn--abc', 'xn-abc'],
    ['a.localhost:80/../x', 'a-localhost-80-x'],
    ['n'.repeat(100), 'n'.repeat(63)],
    [`${'n'.repeat(62)}-more`, 'n'.repeat(62)],
  ])('of %j is %s', (wanted, name) => {
    expect(localName(wanted, none)).toBe(name);
  });

  it('gets the next number where it is taken', () => {
    expect(localName('web', new Set(['web']))).toBe('web-2');
    expect(localName('Web', new Set(['web', 'web-2', 'web-4']))).toBe('web-3');
  });

  it('stays within a label when a number is added', () => {
    const long = 'n'.repeat(63);
    expect(localName(long, new Set([long]))).toBe(`${'n'.repeat(61)}-2`);
  });

  it('is a label and unique, whatever is wanted', () => {
    const taken = new Set<string>();
    for (let round = 0; round < 2000; round += 1) {
      const wanted = String.fromCodePoint(...[1, 2, 3].map((step) => (round * step * 37) % 0xd7ff));
      const name = localName(wanted, taken);
      expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      expect(taken).not.toContain(name);
      taken.add(name);
    }
  });
});
