import { describe, expect, it } from 'vitest';
import { readSshCommand } from './ssh-command.ts';

describe('a login as people paste it', () => {
  it.each([
    ['ssh root@ssh.openbayes.com -p31612', 'root', 'ssh.openbayes.com', 31612],
    ['ssh root@ssh.hyper.ai -p 31612', 'root', 'ssh.hyper.ai', 31612],
    ['  ssh -p 42151 root@region-1.example.com  ', 'root', 'region-1.example.com', 42151],
    ['$ ssh -l me host', 'me', 'host', 22],
    ['root@host:2222', 'root', 'host', 2222],
    ['host', 'root', 'host', 22],
    ['ssh://me@[::1]:2200/', 'me', '::1', 2200],
    ['ssh -i ~/.ssh/key -o StrictHostKeyChecking=no -N me@10.0.0.2', 'me', '10.0.0.2', 22],
  ])('%j', (typed, user, host, port) => {
    expect(readSshCommand(typed)).toEqual({ ok: true, value: { user, host, port } });
  });

  it.each([
    '',
    'ssh',
    'ssh -p 22',
    'ssh root@host -p 0',
    'ssh root@host -p 70000',
    'ssh root@host -p x',
    'ssh root@host rm -rf /',
    'ssh root@-oProxyCommand=x',
    'root@host;id',
    'root@ho st',
    'a@b@c',
    'ssh root@host$(id)',
    'x'.repeat(5_000),
  ])('refuses %j', (typed) => {
    expect(readSshCommand(typed)).toMatchObject({ ok: false, error: { code: 'ssh_command_invalid' } });
  });
});
