import { describe, expect, it } from 'vitest';
import { readForward, readTunnelArguments } from './tunnel-options.ts';

describe('a forward as OpenSSH writes it', () => {
  it.each([
    ['5405:127.0.0.1:5301', '127.0.0.1', 5405, '127.0.0.1', 5301],
    ['0:localhost:80', '127.0.0.1', 0, 'localhost', 80],
    ['0.0.0.0:5405:db:5432', '0.0.0.0', 5405, 'db', 5432],
    ['[::1]:5405:[fe80::1]:22', '::1', 5405, 'fe80::1', 22],
    [':5405:db:5432', '127.0.0.1', 5405, 'db', 5432],
  ])('%s', (text, bind, localPort, targetHost, targetPort) => {
    expect(readForward(text)).toEqual({ bind, localPort, targetHost, targetPort });
  });

  it.each([
    '',
    '80',
    '80:80',
    'a:b:c',
    '80::80',
    '70000:h:80',
    '80:h:0',
    '80:h:99999',
    '::1:80:h:80',
    '1:2:3:4:5',
    `1:${'h:'.repeat(5_000)}1`,
  ])('refuses %j', (text) => {
    expect(readForward(text)).toBeUndefined();
  });
});

describe('the words of gearway tunnel', () => {
  const key = `SHA256:${'a'.repeat(43)}`;
  it('take the login in one word or in several', () => {
    for (const login of [['ssh root@h -p 22022'], ['root@h:22022']])
      expect(readTunnelArguments([...login, '-L', '1:h:2', '--accept-new'])).toMatchObject({
        ok: true,
        value: { target: { user: 'root', host: 'h', port: 22022 }, json: false },
      });
    expect(
      readTunnelArguments(['root@h', '-L', '1:h:2', '-L', '0:i:3', '--host-key', key, '--json']),
    ).toMatchObject({ ok: true, value: { hostKey: key, json: true, forwards: [{}, { localPort: 0 }] } });
  });

  it.each([
    [['root@h', '--accept-new']],
    [['-L', '1:h:2', '--accept-new']],
    [['root@h', '-L', '1:h:2']],
    [['root@h', '-L', '1:h:2', '--accept-new', '--host-key', key]],
    [['root@h', '-L', '1:h:2', '--host-key', 'MD5:00']],
    [['root@h', '-L', 'x', '--accept-new']],
    [['root@h', '-L', '1:h:2', '--accept-new', '--what']],
  ])('are refused with one line: %j', (args) => {
    const read = readTunnelArguments(args);
    expect(!read.ok && read.error.length > 0 && !read.error.includes('\n')).toBe(true);
  });
});
