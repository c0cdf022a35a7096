import { describe, expect, it } from 'vitest';
import { readCommand } from './read-command.ts';

const local = (port: number, host: string, hostPort?: number, bind = '127.0.0.1') => ({
  direction: 'local',
  bind,
  port,
  host,
  ...(hostPort === undefined ? {} : { hostPort }),
});

describe('a pasted command', () => {
  it.each<[string, object]>([
    ['ssh root@h -p 31612', { user: 'root', host: 'h', port: 31612, jumps: [], forwards: [] }],
    ['$ ssh -p31612 me@h', { user: 'me', host: 'h', port: 31612 }],
    ['/usr/bin/ssh -l me ssh://h:2200', { user: 'me', host: 'h', port: 2200 }],
    ['ssh -i "~/My keys/id" h', { keyFile: '~/My keys/id', host: 'h' }],
    [
      'ssh -fNL 5405:127.0.0.1:5301 -L [::1]:80:[fe80::1]:81 h',
      { forwards: [local(5405, '127.0.0.1', 5301), local(80, 'fe80::1', 81, '::1')] },
    ],
    ['ssh -L 1:/run/a:b.sock h', { forwards: [local(1, '/run/a:b.sock')] }],
    ['ssh -D 1080 h', { forwards: [{ direction: 'dynamic', bind: '127.0.0.1', port: 1080 }] }],
    ['ssh -D :1080 h', { forwards: [{ direction: 'dynamic', bind: '0.0.0.0', port: 1080 }] }],
    [
      'ssh -R 8080:localhost:80 h',
      { forwards: [{ direction: 'remote', port: 8080, host: 'localhost', hostPort: 80 }] },
    ],
    [
      'ssh -J a@x:1,y h',
      {
        jumps: [
          { user: 'a', host: 'x', port: 1 },
          { host: 'y', port: 22 },
        ],
      },
    ],
    ['ssh -o ProxyCommand=x -v -A h uname -p 3', { host: 'h', port: 22 }],
    ['ssh -p 22 \\\n  root@h', { host: 'h', user: 'root' }],
  ])('%s', (command, read) => {
    expect(readCommand(command)).toMatchObject({ ok: true, value: read });
  });

  it.each<[string, string]>([
    ['', 'ssh_command_invalid'],
    ['ssh', 'ssh_command_invalid'],
    ['ssh -p', 'ssh_command_invalid'],
    ['ssh -p 70000 h', 'ssh_command_invalid'],
    ['ssh "h', 'ssh_command_invalid'],
    ["ssh 'a b'", 'ssh_command_invalid'],
    ['ssh $(id)', 'ssh_command_invalid'],
    ['ssh h;id', 'ssh_command_invalid'],
    ['ssh -- -oProxyCommand=id', 'ssh_command_invalid'],
    ['ssh -J "-oProxyCommand=id" h', 'ssh_command_invalid'],
    ['ssh -J a,b,c,d,e,f h', 'ssh_jump_loop'],
    ['ssh -L 1:2 h', 'forward_invalid'],
    ['ssh -L 70000:h:1 h', 'forward_invalid'],
    ['ssh -L 1:h:0 h', 'forward_invalid'],
    ['ssh -L 1:-x:2 h', 'forward_invalid'],
    ['ssh -D x h', 'forward_invalid'],
    ['ssh -R 1:/run/sock h', 'forward_invalid'],
  ])('%s is refused', (command, code) => {
    expect(readCommand(command)).toMatchObject({ ok: false, error: { code } });
  });

  it('is never a reason to throw, whatever it is', () => {
    const parts = [
      'ssh',
      '-L',
      '-p',
      '-J',
      '1:2:3',
      '[',
      ']',
      ':',
      '"',
      "'",
      '\\',
      '/',
      ',',
      '@',
      '-',
      'h',
      '\0',
      ' ',
    ];
    let seed = 3;
    const random = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % most;
    };
    for (let turn = 0; turn < 5_000; turn += 1)
      readCommand(
        Array.from({ length: random(20) }, () => parts[random(parts.length)]).join(random(2) ? '' : ' '),
      );
  });
});
