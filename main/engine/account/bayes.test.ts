import { describe, expect, it } from 'vitest';
import { readBayesText } from './bayes.ts';

const names = (text: string) => {
  const read = readBayesText(text);
  return read.ok ? read.value.map(({ name }) => name) : read.error.code;
};

describe('the file of the bayes command', () => {
  it.each([
    ['nothing', '', []],
    ['an empty list', '[]', []],
    ['a comment only', '# nothing here\n', []],
    ['one account', '- {name: A, endpoint: "https://openbayes.com"}', ['a']],
    ['keys of a later version', '- {name: A, endpoint: "https://openbayes.com", colour: blue}', ['a']],
    ['an endpoint with a path', '- {name: A, endpoint: "https://openbayes.com/gateway"}', ['a']],
    ['an endpoint that is none', '- {name: A, endpoint: "not an address"}', []],
    ['text', 'hello', 'bayes_config_invalid'],
    ['a map', 'name: A', 'bayes_config_invalid'],
    ['a number as a name', '- {name: 7, endpoint: x}', 'bayes_config_invalid'],
    ['broken YAML', '- {name: A', 'bayes_config_invalid'],
    ['binary', '\u0000\u0001\u0002', 'bayes_config_invalid'],
  ])('with %s', (_case, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('cannot fill the memory with aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`,
    );
    expect(names(levels.join('\n'))).toBe('bayes_config_invalid');
  });

  it('never shows a token', () => {
    const read = readBayesText('- {name: A, endpoint: "https://openbayes.com", token: s3cret-token}');
    expect(read.ok && read.value[0]?.hasToken).toBe(true);
    expect(JSON.stringify(read)).not.toContain('s3cret-token');
  });
});
