import { describe, expect, it } from 'vitest';
import { shownJson, shownLine, shownText } from './shown-text.ts';

describe('a text from elsewhere', () => {
  it.each([
    ['an escape', '\u001b[31mred\u001b[0m', '\ufffd[31mred\ufffd[0m'],
    ['an escape of one byte', '\u009b31mred', '\ufffd31mred'],
    ['a title of the terminal', '\u001b]0;owned\u0007', '\ufffd]0;owned\ufffd'],
    ['a key that ends a program', 'a\u0003b', 'a\ufffdb'],
    ['text that overwrites a line', 'safe\rEVIL', 'safe\ufffdEVIL'],
    ['text written from the right', 'gpj.\u202Eexe', 'gpj.\ufffdexe'],
    ['isolates', '\u2066x\u2069', '\ufffdx\ufffd'],
    ['marks of direction', 'a\u200e\u200f\u061cb', 'a\ufffd\ufffd\ufffdb'],
    ['blanks without width', 'pay\u200bpal\ufeff\u2060', 'pay\ufffdpal\ufffd\ufffd'],
    ['hidden tags', 'a\u{e0041}\u{e007f}', 'a\ufffd\ufffd'],
    ['half a pair', 'a\ud83d', 'a\ufffd'],
    ['line breaks by other names', 'a\u2028b\u0085c\u000bd', 'a\ufffdb\ufffdc\ufffdd'],
    ['lines', 'a\r\nb\tc\n', 'a\nb\tc\n'],
    ['other scripts and emoji', '视觉 مختبر می‌خواهم 👩‍🔬 é', '视觉 مختبر می‌خواهم 👩‍🔬 é'],
  ])('is shown without what a terminal obeys or nobody sees: %s', (_, text, shown) => {
    expect(shownText(text)).toBe(shown);
  });

  it('begins no line of its own where one is wanted', () => {
    expect(shownLine('web\n## Account\n\tall well')).toBe('web ## Account  all well');
  });

  it('is the same text to a program that reads JSON', () => {
    const said = { name: '\u009b31m\u202e\u{e0041}\u007f\u001b"\\' };
    const json = shownJson(JSON.stringify(said));
    expect(json).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(json)).toEqual(said);
  });

  it('takes time by its length only', () => {
    const text = '\u001b[31m\u202e'.repeat(200_000);
    const began = performance.now();
    shownText(text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
