import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../../testing/index.ts';
import { createConnectionLab, pasted } from './testing/connections.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome } = createConnectionLab(cleanup);

describe('a pasted command', () => {
  it('names its connection so that those of one host can be told apart', async () => {
    const { ask, connections } = await engine();
    for (const command of [
      'ssh root@gear.example',
      'ssh root@gear.example -p31612',
      'root@gear.example:31612',
    ])
      await pasted(ask, command);
    expect(connections().map(({ name }) => name)).toEqual([
      'gear.example',
      'gear.example:31612',
      'gear.example:31612 (2)',
    ]);
  });

  it('takes from the configuration what a name stands for there, and goes before it', async () => {
    const home = await emptyHome();
    await writeFile(
      join(home, '.ssh/config'),
      'Host lab\n  HostName 10.0.0.1\n  Port 2222\n  User worker\n  IdentityFile ~/.ssh/lab\n',
    );
    const { ask, connection } = await engine({ home });
    expect(connection(await pasted(ask, 'ssh lab -L 5405:127.0.0.1:5301'))).toMatchObject({
      name: 'lab',
      host: '10.0.0.1',
      port: 2222,
      user: 'worker',
      login: 'auto',
      keyFiles: ['~/.ssh/lab'],
      forwards: [{ direction: 'local', port: 5405, hostPort: 5301 }],
    });
    expect(connection(await pasted(ask, 'ssh root@lab -p 22022 -i other'))).toMatchObject({
      host: '10.0.0.1',
      port: 22022,
      user: 'root',
      keyFiles: ['other', '~/.ssh/lab'],
    });
    expect(connection(await pasted(ask, 'ssh elsewhere'))).toMatchObject({ host: 'elsewhere', user: 'root' });
  });
});

describe('the import of a configuration', () => {
  it('counts what is included under a Host line for the hosts of that line only', async () => {
    const home = await emptyHome();
    await writeFile(
      join(home, '.ssh/config'),
      ['Host lab-*', '  Include work', 'Host lab-1 other', '  Port 2222'].join('\n'),
    );
    await writeFile(
      join(home, '.ssh/work'),
      'User worker\nHost lab-1\n  HostName 10.0.0.1\nHost other\n  User me\n',
    );
    const { ask } = await engine({ home });
    expect(await ask('connections.importable', {})).toMatchObject({
      value: {
        hosts: [
          { alias: 'lab-1', host: '10.0.0.1', port: 2222, user: 'worker' },
          { alias: 'other', host: 'other', port: 2222, user: userInfo().username },
        ],
      },
    });
  });

  it('takes hosts, jumps and forwards, follows Include, and never runs what Match exec says', async () => {
    const home = await emptyHome();
    const marker = join(home, 'ran');
    await mkdir(join(home, '.ssh/config.d'));
    await writeFile(
      join(home, '.ssh/config'),
      [
        'Include config.d/*',
        `Match exec "touch ${marker}"`,
        '  User evil',
        'Host *.pattern !not',
        '  Port 1',
        'Host lab',
        '  HostName 10.0.0.9',
        '  IdentityFile ~/.ssh/lab',
        '  ProxyJump gate',
        '  LocalForward 5405 127.0.0.1:5301',
        'Include config',
      ].join('\n'),
    );
    await writeFile(
      join(home, '.ssh/config.d/a'),
      'Host gate\n  HostName gate.example.com\n  Port 2222\n  User me\n',
    );
    const { ask, connections } = await engine({ home });
    expect(await ask('connections.importable', {})).toMatchObject({
      value: {
        hosts: [
          { alias: 'gate', port: 2222, user: 'me' },
          { alias: 'lab', host: '10.0.0.9' },
        ],
      },
    });
    expect(await ask('connections.import', { aliases: ['lab'] })).toMatchObject({ value: { count: 1 } });
    const gate = connections().find(({ host }) => host === 'gate.example.com');
    expect(connections().find(({ name }) => name === 'lab')).toMatchObject({
      via: gate?.id,
      keyFiles: ['~/.ssh/lab'],
      forwards: [{ direction: 'local', port: 5405, host: '127.0.0.1', hostPort: 5301, open: false }],
    });
    await expect(readFile(marker)).rejects.toThrow();
  });
});
