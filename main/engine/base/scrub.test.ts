import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

describe('what the far side said', () => {
  it.each<readonly [string, string, readonly string[], string]>([
    ['the secret that it was asked with', 'no token abcd1234 here', ['abcd1234'], 'no token [secret] here'],
    ['a secret wherever it stands', 'x=abcd,y=abcd', ['abcd'], 'x=[secret],y=[secret]'],
    ['what follows Bearer', 'got "Bearer eyJ.abc-_" there', [], 'got "Bearer [secret]" there'],
    ['what is named a password', 'password: hunter2, user: a', [], 'password: [secret], user: a'],
    ['what is named a token, in JSON', '{"token": "a b", "n": 1}', [], '{"token": [secret], "n": 1}'],
    ['what is named a secret', 'SECRET=xyz;rest', [], 'SECRET=[secret];rest'],
    ['what is named authorization', 'authorization = abc', [], 'authorization = [secret]'],
  ])('is told without %s', (_what, text, secrets, clean) => {
    expect(scrub(text, secrets)).toBe(clean);
  });

  it('keeps ordinary words that a very short secret would take out', () => {
    expect(scrub('a cat', ['a', 'cat'])).toBe('a cat');
  });

  it('has one line, without signs that steer a terminal', () => {
    expect(scrub('  one\r\ntwo\u001b[31m\u0000three\u007f ', [])).toBe('one two [31m three');
  });

  it('is short', () => {
    expect(scrub('x'.repeat(501), [])).toBe(`${'x'.repeat(500)}…`);
    expect(scrub('x'.repeat(500), [])).toBe('x'.repeat(500));
  });
});
