import { describe, expect, it } from 'vitest';
import { makeContainer, makeService } from '../../renderer/testing/make.ts';
import type { Connection } from '../model/connection.ts';
import type { FoundProgram } from '../model/program.ts';
import { machineOf, serviceTarget, waysTo } from './index.ts';

const programs: readonly FoundProgram[] = [
  { id: 'kitty', name: 'kitty', kind: 'terminal' },
  { id: 'code', name: 'VS Code', kind: 'editor' },
  { id: 'gateway', name: 'JetBrains Gateway', kind: 'gateway' },
  { id: 'files', name: 'SFTP', kind: 'files' },
  { id: 'psql', name: 'psql', kind: 'client' },
  { id: 'redis-cli', name: 'redis-cli', kind: 'client' },
  { id: 'mysql', name: 'mysql', kind: 'client' },
  { id: 'firefox', name: 'Firefox', kind: 'browser' },
];
const commands = (target: Parameters<typeof waysTo>[0] | undefined) =>
  target === undefined ? [] : waysTo(target, programs).map(({ command }) => command);
const connection = (part: Partial<Connection>) =>
  ({
    id: 'k1',
    name: 'box',
    user: 'me',
    host: 'box.example',
    port: 2222,
    state: { kind: 'idle' },
    forwards: [],
    command: 'ssh -p 2222 me@box.example',
    ...part,
  }) as unknown as Connection;

describe('a machine', () => {
  it('is opened by a terminal, editors and file managers', () => {
    expect(commands(machineOf(makeContainer()))).toEqual([
      'ssh -p 31612 root@ssh.example',
      'code --remote ssh-remote+root@ssh.example:31612',
      "'jetbrains-gateway://connect#type=ssh&deploy=true&host=ssh.example&port=31612&user=root'",
      'sftp://root@ssh.example:31612/',
    ]);
  });

  it('with an address of IPv6 has brackets where an address wants them', () => {
    const container = makeContainer({ ssh: { user: 'root', host: '2001:db8::1', port: 22 } });
    expect(commands(machineOf(container))[3]).toBe("'sftp://root@[2001:db8::1]:22/'");
  });

  it('behind a jump host or with a key of its own is opened by a terminal only', () => {
    const command = "ssh -i '/home/me/my key' -p 2222 me@box.example";
    expect(commands(machineOf(connection({ keyFiles: ['/home/me/my key'], command })))).toEqual([command]);
    expect(commands(machineOf(connection({ via: 'k2' })))).toHaveLength(1);
    expect(commands(machineOf(connection({})))).toHaveLength(4);
  });

  it.each<readonly [string, string]>([
    ['-oProxyCommand=x', 'ssh.example'],
    ['root', '-oProxyCommand=x'],
    ['root', 'a b'],
    ['root;x', 'ssh.example'],
    ['root', 'h"&calc'],
    ['root', 'h%PATH%'],
    ['root', ''],
    ['', 'ssh.example'],
    ['root', 'x\n'],
  ])('called %j at %j is none', (user, host) => {
    expect(machineOf(makeContainer({ ssh: { user, host, port: 22 } }))).toBeUndefined();
    expect(machineOf(connection({ user, host }))).toBeUndefined();
  });

  it('is none while its container does not run', () => {
    expect(machineOf(makeContainer({ ssh: undefined }))).toBeUndefined();
    expect(machineOf(makeContainer({ status: { kind: 'pending', raw: 'CREATED' } }))).toBeUndefined();
  });
});

describe('a service', () => {
  const tunnel = {
    state: { kind: 'connected', since: 1 },
    local: { host: '127.0.0.1', port: 5432 },
  } as const;
  it.each([
    ['postgresql', ['psql -h 127.0.0.1 -p 5432 -U postgres']],
    ['redis', ['redis-cli -h 127.0.0.1 -p 5432']],
    ['mysql', ['mysql -h 127.0.0.1 -P 5432 -u root -p']],
    ['vnc', []],
  ] as const)('that speaks %s is opened by its client once its tunnel is open', (kind, lines) => {
    const service = makeService({ protocol: 'tcp', kind: { kind, name: kind } });
    expect(commands(serviceTarget({ ...service, tunnel }))).toEqual(lines);
    expect(commands(serviceTarget(service))).toEqual([]);
  });

  it('of the web is opened by each browser, at an address that is chosen then', () => {
    const local = { url: 'http://web.localhost:7700' } as ReturnType<typeof makeService>['local'];
    const ways = waysTo(serviceTarget(makeService({ local })), programs);
    expect(ways.map(({ program, command }) => [program.id, command])).toEqual([['firefox', '']]);
  });
});
