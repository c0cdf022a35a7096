import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listeningCommand } from './listening-command.ts';
import { readListening } from './read-listening.ts';

const line = (address: string, inode: number, state = '0A') =>
  `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000 100 0 0 10 0`;

const output = (tcp: string[], tcp6: string[] = [], owners: string[] = []) =>
  ['gearway:tcp', ...tcp, 'gearway:tcp6', ...tcp6, 'gearway:owners', ...owners, 'gearway:end', ''].join('\n');

describe('what listens, as the kernel tells it', () => {
  it('tells an address that everybody reaches from one inside only, and names the process', () => {
    expect(
      readListening(
        output(
          [line('00000000:1EB4', 11), line('0100007F:1EB5', 12)],
          [],
          ['11 40 python3', '40> python3 app.py', '12 41 gradio app'],
        ),
      ),
    ).toEqual([
      {
        port: 7860,
        bind: 'any',
        process: 'python3',
        pid: 40,
        command: 'python3 app.py',
        addresses: ['0.0.0.0'],
      },
      { port: 7861, bind: 'loopback', process: 'gradio app', pid: 41, addresses: ['127.0.0.1'] },
    ]);
  });

  it.each([
    ['0100007F:1F90', '', 'loopback'],
    ['0200007F:1F90', '', 'loopback'],
    ['0100000A:1F90', '', 'any'],
    ['', '00000000000000000000000001000000:1F90', 'loopback'],
    ['', '00000000000000000000000000000000:1F90', 'any'],
    ['', '0000000000000000FFFF00000100007F:1F90', 'loopback'],
    ['0100007F:1F90', '00000000000000000000000000000000:1F90', 'any'],
    ['00000000:1F90', '00000000000000000000000001000000:1F90', 'any'],
  ])('reads %s and %s as bound to %s', (tcp, tcp6, bind) => {
    const read = readListening(output(tcp ? [line(tcp, 1)] : [], tcp6 ? [line(tcp6, 2)] : []));
    expect(read).toMatchObject([{ port: 8080, bind }]);
  });

  it.each([
    ['0207E70A:1F90', '', ['10.231.7.2']],
    ['', '00000000000000000000000001000000:1F90', ['::1']],
    ['', '00000000000000000000000000000000:1F90', ['::']],
    ['', '0000000000000000FFFF00000100007F:1F90', ['127.0.0.1']],
    ['', 'B80D012000000000000000000A000000:1F90', ['2001:db8::a']],
    ['0100007F:1F90', '00000000000000000000000001000000:1F90', ['127.0.0.1', '::1']],
  ])('writes %s and %s as %j', (tcp, tcp6, addresses) => {
    const read = readListening(output(tcp ? [line(tcp, 1)] : [], tcp6 ? [line(tcp6, 2)] : []));
    expect(read).toMatchObject([{ addresses }]);
  });

  it('keeps 200 characters of a command', () => {
    const read = readListening(
      output([line('00000000:1EB4', 11)], [], ['11 40 a', `40> ${'x'.repeat(300)}`]),
    );
    expect(read).toMatchObject([{ command: 'x'.repeat(200) }]);
  });

  it('gives nothing for an output that was cut off, rather than half of it', () => {
    expect(readListening('gearway:tcp\n')).toBeUndefined();
    expect(readListening('')).toBeUndefined();
    expect(readListening('bash: command not found')).toBeUndefined();
  });

  it('leaves out lines that make no sense', () => {
    const strange = [
      '',
      'x',
      line('00000000:0000', 1),
      line('00000000:ZZZZ', 1),
      line('00:1F90', 1),
      line('00000000:1F90', 1, '01'),
    ];
    expect(readListening(output(strange))).toEqual([]);
  });

  it('survives any bytes', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let round = 0; round < 500; round += 1) {
      const noise = Array.from({ length: 80 }, () => String.fromCharCode(Math.floor(random() * 300))).join(
        '',
      );
      const read = readListening(output([noise, line('00000000:1F90', 3)], [noise], [noise]));
      expect(read?.every(({ port }) => Number.isInteger(port) && port > 0 && port < 65536) ?? true).toBe(
        true,
      );
    }
  });

  it.skipIf(process.platform !== 'linux')(
    'reads this machine: a server of this process, by its port and bind',
    async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const { stdout } = spawnSync('/bin/sh', ['-c', listeningCommand], { encoding: 'utf8' });
      server.close();
      const found = readListening(stdout)?.find((listening) => listening.port === port);
      expect(found).toMatchObject({ port, bind: 'loopback' });
      expect(found?.process).toBeTruthy();
      expect(found?.pid).toBe(process.pid);
      expect(found?.command).toContain('node');
    },
  );
});
