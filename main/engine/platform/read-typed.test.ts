import { describe, expect, it } from 'vitest';
import { readDomain, readOrigin, readToken } from './read-typed.ts';

describe('an origin as typed', () => {
  it.each([
    ['https://openbayes.com', 'https://openbayes.com'],
    [' openbayes.com ', 'https://openbayes.com'],
    ['https://OpenBayes.com/console/me?x=1#y', 'https://openbayes.com'],
    ['openbayes.com/', 'https://openbayes.com'],
    ['http://10.0.0.5:8080/gateway', 'http://10.0.0.5:8080'],
    ['gear.corp:8443', 'https://gear.corp:8443'],
    ['localhost:41001', 'http://localhost:41001'],
    ['127.0.0.1:41001', 'http://127.0.0.1:41001'],
    ['[::1]:41001', 'http://[::1]:41001'],
    ['https://例子.测试', 'https://xn--fsqu00a.xn--0zwm56d'],
  ])('%j is %s', (typed, origin) => {
    expect(readOrigin(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    '',
    '   ',
    'a b.com',
    'ftp://x.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:pw@x.com',
    'user@x.com',
    'https://',
    'https://x.com:99999',
    'https://-x.com',
    'https://x..com',
    'https://%00.com',
  ])('%j is refused', (typed) => {
    expect(readOrigin(typed)).toMatchObject({ error: { code: 'origin_invalid', field: 'origin' } });
  });
});

describe('a domain as typed', () => {
  it.each([
    ['gear-c1.openbayes.net', 'gear-c1.openbayes.net'],
    [' *.Gear.Example. ', 'gear.example'],
    ['https://gear.example/', 'gear.example'],
    ['.gear.example', 'gear.example'],
    ['gear.localhost', 'gear.localhost'],
  ])('%j is %s', (typed, domain) => {
    expect(readDomain(typed)).toEqual({ ok: true, value: domain });
  });

  it.each(['', ' ', '*', 'a b', 'a/b', 'a..b', '-a.b', 'a:80', 'x@y', '1.2.3.4', 'a'.repeat(64)])(
    '%j is refused',
    (typed) => {
      expect(readDomain(typed)).toMatchObject({ error: { code: 'domain_invalid', field: 'domain' } });
    },
  );
});

describe('a token as pasted', () => {
  it.each([
    'abc.def-123',
    '  abc.def-123\n',
    'Bearer abc.def-123',
    'Authorization: Bearer abc.def-123',
    'bearer\tabc.def-123',
    '"abc.def-123"',
    "'Bearer abc.def-123'",
    'Bearer "abc.def-123"',
    'abc.\r\ndef-123',
    '\ufeffabc.def-123\u200b',
  ])('%j is abc.def-123', (typed) => {
    const read = readToken(typed);
    expect(read.ok && read.value.reveal()).toBe('abc.def-123');
  });

  it.each(['', '  ', 'Bearer ', '""', 'Authorization: Bearer', '\n'])('%j is none', (typed) => {
    expect(readToken(typed)).toMatchObject({ error: { code: 'token_missing', field: 'token' } });
  });

  it.each(['令牌', 'abc\u0000def', 'abcé'])('%j cannot be one', (typed) => {
    expect(readToken(typed)).toMatchObject({ error: { code: 'token_refused', field: 'token' } });
  });
});
