import { describe, expect, it } from 'vitest';
import { isHost, isUser, readForward, readTypedForward } from './forward.ts';

describe('a forward as OpenSSH writes it', () => {
  it.each([
    ['8080:127.0.0.1:80', { port: 8080, host: '127.0.0.1', hostPort: 80 }],
    ['*:0:db:5432', { bind: '*', port: 0, host: 'db', hostPort: 5432 }],
    [':5405:db:5432', { bind: '', port: 5405, host: 'db', hostPort: 5432 }],
    ['[::1]:9:[fe80::1]:22', { bind: '::1', port: 9, host: 'fe80::1', hostPort: 22 }],
    ['5000:/run/app.sock', { port: 5000, host: '/run/app.sock' }],
    ['localhost:5000:/run/a b', undefined],
    ['1:/run/a\\:b.sock', { port: 1, host: '/run/a:b.sock' }],
  ])('%s', (written, forward) => {
    expect(readForward('local', written)).toEqual(
      forward === undefined
        ? { kind: 'invalid' }
        : { kind: 'read', forward: { direction: 'local', ...forward } },
    );
  });

  it.each([
    ['remote', '9000', 'unsupported'],
    ['remote', '*:9000', 'unsupported'],
    ['remote', '9000:/run/sock', 'unsupported'],
    ['local', '/run/here:/run/there', 'unsupported'],
    ['local', '/run/here:db:5432', 'unsupported'],
    ['dynamic', '/run/socks', 'unsupported'],
    ['local', '80', 'invalid'],
    ['local', '80:host', 'invalid'],
    ['local', '80:host:0', 'invalid'],
    ['local', '80::80', 'invalid'],
    ['local', '80:-x:80', 'invalid'],
    ['local', '99999:host:80', 'invalid'],
    ['local', '80²:host:80', 'invalid'],
    ['local', '::1:80:h:80', 'invalid'],
    ['local', '1:2:3:4:5', 'invalid'],
    ['local', `1:${'h:'.repeat(5_000)}1`, 'invalid'],
    ['dynamic', 'x', 'invalid'],
    ['dynamic', '1:2:3', 'invalid'],
    ['local', '', 'invalid'],
  ] as const)('%s %j is %s', (direction, written, kind) => {
    expect(readForward(direction, written)).toEqual({ kind });
  });

  it('is the same port over there where a person types a port alone, in any digits', () => {
    const same = { direction: 'local', port: 5499, host: '127.0.0.1', hostPort: 5499 };
    expect(readTypedForward('local', ' 5499 ')).toEqual({ kind: 'read', forward: same });
    expect(readTypedForward('local', '５４９９')).toEqual({ kind: 'read', forward: same });
    expect(readTypedForward('local', '８０８０：localhost：８０')).toMatchObject({ kind: 'read' });
    expect(readTypedForward('dynamic', '1080')).toEqual({
      kind: 'read',
      forward: { direction: 'dynamic', port: 1080 },
    });
  });
});

describe('names', () => {
  it.each(['h', '10.0.0.1', 'fe80::1%eth0', '实验室', 'x_y', 'a+b', 'H.example.COM.'])(
    '%s is a host',
    (host) => {
      expect(isHost(host)).toBe(true);
    },
  );
  it.each(['', '-h', '/run/x', 'a b', 'a$(id)', 'a;b', 'a\u0007', 'a\u202eb', 'a/b', 'x'.repeat(254)])(
    '%j is none',
    (host) => {
      expect(isHost(host)).toBe(false);
    },
  );
  it.each(['root', 'me@corp', 'a#b', 'x=y', 'DOM\\me', '张三', 'me@root@10.0.0.1'])(
    '%s is a user',
    (user) => {
      expect(isUser(user)).toBe(true);
    },
  );
  it.each(['', '-l', 'a b', 'a;b', 'a`id`', '$(id)', 'a|b', 'a\n'])('%j is none', (user) => {
    expect(isUser(user)).toBe(false);
  });
});
