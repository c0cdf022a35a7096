import { describe, expect, it } from 'vitest';
import { readForward } from './read-forward.ts';

describe('a forward as typed', () => {
  it.each([
    ['8080:127.0.0.1:80', { port: 8080, host: '127.0.0.1', hostPort: 80, bind: '127.0.0.1' }],
    ['*:0:db:5432', { port: 0, host: 'db', hostPort: 5432, bind: '0.0.0.0' }],
    ['[::1]:9:[fe80::1]:22', { port: 9, host: 'fe80::1', hostPort: 22, bind: '::1' }],
    ['5000:/run/app.sock', { port: 5000, host: '/run/app.sock' }],
    // As a Chinese input method types it.
    ['８０８０：localhost：８０', { port: 8080, host: 'localhost', hostPort: 80 }],
  ])('%s', (typed, expected) => {
    expect(readForward('local', typed)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    '',
    '80',
    'a:b',
    '80:host',
    '80:host:0',
    '80:ho st:80',
    '80:-x:80',
    '99999:host:80',
    '80²:host:80',
  ])('refuses %j', (typed) => {
    expect(readForward('local', typed)).toMatchObject({ error: { code: 'forward_invalid' } });
  });
});
