import { describe, expect, it } from 'vitest';
import { localForwards, readTunnelArguments } from './tunnel-options.ts';

const key = `SHA256:${'a'.repeat(43)}`;

describe('the words of gearway tunnel', () => {
  it('take the login in one word or in several, or a host by its name', () => {
    for (const login of [['ssh root@h -p 22022'], ['root@h:22022']])
      expect(readTunnelArguments([...login, '-L', '1:h:2', '--accept-new'])).toMatchObject({
        ok: true,
        value: { command: { alias: 'h', options: { user: 'root', port: 22022 } }, json: false },
      });
    expect(readTunnelArguments(['myhost', '--timeout', '20'])).toMatchObject({
      value: { command: { alias: 'myhost', options: { user: undefined } }, timeoutMs: 20_000 },
    });
  });

  it('take forwards of the command and their own', () => {
    const read = readTunnelArguments(['ssh -L 0:i:3 root@h', '-L', '1:h:2', '--host-key', key, '--json']);
    if (!read.ok) throw new Error(read.error);
    expect(read.value).toMatchObject({ hostKey: key, json: true });
    expect(localForwards(read.value.command.options.forwards)).toEqual([
      { bind: '127.0.0.1', localPort: 0, targetHost: 'i', targetPort: 3 },
      { bind: '127.0.0.1', localPort: 1, targetHost: 'h', targetPort: 2 },
    ]);
  });

  it('leave out what a command cannot carry, and let a forward lead to a socket', () => {
    expect(
      localForwards([
        { direction: 'dynamic', port: 1080 },
        { direction: 'local', bind: '', port: 1, host: '/run/x.sock' },
      ]),
    ).toEqual([{ bind: '*', localPort: 1, targetHost: '/run/x.sock', targetPort: 0 }]);
  });

  it.each([
    [['-L', '1:h:2', '--accept-new']],
    [['root@h', '-L', '1:h:2', '--accept-new', '--host-key', key]],
    [['root@h', '-L', '1:h:2', '--host-key', 'MD5:00']],
    [['root@h', '-L', 'x', '--accept-new']],
    [['root@h', '-L', '1:h:2', '--accept-new', '--what']],
    [['root@h', '-L', '1:h:2', '--timeout', 'soon']],
    [['foo', 'bar', '-L', '1:h:2']],
  ])('are refused with one line: %j', (args) => {
    const read = readTunnelArguments(args);
    expect(!read.ok && read.error.length > 0 && !read.error.includes('\n')).toBe(true);
  });
});
