import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { itWith } from '../../main/testing/index.ts';
import { isShown } from '../shown-text.ts';
import { hostileTexts } from './hostile-texts.ts';
import { anyShell, isShellText, quote, quotePath, quoteToPaste, readAnyShell, readWords } from './index.ts';

const shells = ['sh', 'bash', 'dash', 'fish', 'tcsh', 'zsh', 'busybox'];
const run = (shell: string, line: string) =>
  spawnSync(shell, shell === 'busybox' ? ['sh', '-c', line] : ['-c', line], { encoding: 'utf8' });

let seed = 7;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};
const randomText = () =>
  Array.from(
    { length: 40 },
    () => `'"\\$\`!\n ;&|<>*?~#-=%é${String.fromCharCode(97)}`[Math.floor(random() * 22)],
  ).join('');

describe('a quoted word', () => {
  it('means exactly its text to sh', () => {
    const words = [...hostileTexts, ...Array.from({ length: 200 }, randomText), ''];
    const answer = run('sh', `printf '%s\\001' ${words.map(quote).join(' ')}`);
    // Text 20 holds the separator itself.
    const expected = words.map((word) => `${word}\u0001`).join('');
    expect(answer.stdout).toBe(expected);
  });

  it('stays readable where nothing needs quotes', () => {
    expect(['--port=7860', 'a/b.py', '0.0.0.0', '=x', 'a b'].map(quote)).toEqual([
      '--port=7860',
      'a/b.py',
      '0.0.0.0',
      "'=x'",
      "'a b'",
    ]);
  });

  it('of a path keeps the home folder and is never an option', () => {
    expect(['~', '~/', '~/my app', '~root', '-rf', 'x'].map(quotePath)).toEqual([
      '"$HOME"',
      '"$HOME"/',
      `"$HOME"/'my app'`,
      "'~root'",
      './-rf',
      'x',
    ]);
  });

  it('does not exist for a zero byte or half a character', () => {
    expect(['a\0b', '\ud800', '\udc00x', '🚀', ''].map(isShellText)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('a word to paste', () => {
  const texts = [...hostileTexts, '\u0003\ntouch /tmp/gearway-pwned\n', 'a\u009b1mb\u202ec7\u00018'];

  it.each(['bash', 'zsh'])('means exactly its text to %s', (shell) => {
    if (spawnSync(shell, ['-c', 'exit 0']).status !== 0) return;
    const answer = run(shell, `printf '%s\\n--\\n' ${texts.map(quoteToPaste).join(' ')}`);
    expect(answer.stdout).toBe(texts.map((text) => `${text}\n--\n`).join(''));
  });

  it('holds nothing that a terminal takes for a key', () => {
    for (const text of texts) {
      expect(isShown(quoteToPaste(text))).toBe(true);
      expect(quoteToPaste(text)).not.toContain('\t');
    }
  });

  it('is an ordinary word where it can be', () => {
    expect(["it's", '中文', 'a\nb'].map(quoteToPaste)).toEqual([`'it'\\''s'`, "'中文'", "'a\nb'"]);
  });
});

describe('a script for whatever login shell there is', () => {
  for (const shell of shells) {
    itWith(shell)(`arrives whole through ${shell}`, () => {
      for (const text of [...hostileTexts, ...Array.from({ length: 12 }, randomText)]) {
        const answer = run(shell, anyShell(`printf %s ${quote(text)}`));
        expect(answer.stderr).toBe('');
        expect(answer.stdout).toBe(text);
      }
    });
  }

  it('is read back from its line, and from no other', () => {
    for (const text of hostileTexts) expect(readAnyShell(anyShell(text))).toBe(text);
    expect(readAnyShell('ls')).toBeUndefined();
    expect(readAnyShell("exec /bin/sh -c 'ls'")).toBeUndefined();
  });
});

describe('words of a line', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['a  b\tc\n', ['a', 'b', 'c']],
    [`'a b'"c d"e`, ['a bc de']],
    [`"a\\"b\\n" \\' \\ x`, [`a"b\\n`, "'", ' x']],
    [`'' ""`, ['', '']],
    ['$HOME * ; `x`', ['$HOME', '*', ';', '`x`']],
    ['', []],
    [`'open`, undefined],
    [`"open\\"`, undefined],
    ['end\\', undefined],
  ])('%j', (line, words) => {
    expect(readWords(line)).toEqual(words);
  });

  it('undo quoting', () => {
    const texts = [...hostileTexts, ...Array.from({ length: 300 }, randomText)];
    expect(readWords(texts.map(quote).join(' '))).toEqual(texts);
  });
});
