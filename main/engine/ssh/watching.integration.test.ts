import { execFile, execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import {
  createCleanup,
  createHandClock,
  freePort,
  itWith,
  loopback,
  programFolders,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { createHealth, createHostBudget, factsOfPort } from '../health/index.ts';
import { listen, makeTunnels, say } from './testing/tunnels.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gw-twelve-'));
  cleanup.later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The kernel's table, as a connection would take the only place of some. */
function isListenedOn(port: number): boolean {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = ['tcp', 'tcp6'].map((name) => readFileSync(`/proc/net/${name}`, 'latin1')).join('\n');
  return new RegExp(`:${hex} 0+:0000 0A`).test(tables);
}

async function startOn(commandFor: (port: number) => readonly string[]) {
  const port = await freePort();
  const child = cleanup.add(loopback.start([...commandFor(port)]));
  await until(`port ${port}: ${child.output()}`, () => isListenedOn(port), { deadlineMs: 40_000 });
  return { port, child };
}

const python = (folder: string, name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function startPostgres() {
  const folder = newFolder();
  const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
  chownSync(folder, id('-u'), id('-g'));
  const as = ['runuser', '-u', 'postgres', '--', 'env', `PATH=${programFolders.join(':')}`];
  const data = join(folder, 'data');
  const made = loopback.start([...as, 'initdb', '-N', '-A', 'trust', '-D', data]);
  expect(await made.exited, made.output()).toBe(0);
  const socket = ['-k', folder, '-h', '127.0.0.1', '-c', 'log_connections=on'];
  return startOn((port) => [...as, 'postgres', '-D', data, '-p', String(port), ...socket]);
}

async function startMariadb() {
  const folder = newFolder();
  const data = join(folder, 'data');
  const made = loopback.start(['mariadb-install-db', '--no-defaults', `--datadir=${data}`, '--user=root']);
  expect(await made.exited, made.output()).toBe(0);
  return startOn((port) => [
    ...['mariadbd', '--no-defaults', '--user=root', `--datadir=${data}`, `--port=${port}`],
    ...['--bind-address=127.0.0.1', `--socket=${folder}/socket`],
  ]);
}

/** The first bytes that a client of a tunnel hears, after it said something. */
const hear = (port: number, words?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (data: Buffer) => {
      resolve(data.toString('latin1'));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(''));
    if (words !== undefined) socket.write(words);
  });

itWith(
  'iperf3',
  'gdbserver',
  'nc',
  'initdb',
  'mariadbd',
  'redis-server',
  'aiosmtpd',
  'Xtigervnc',
)(
  'twelve servers are opened, watched for a minute and closed, and none is disturbed',
  async () => {
    const folder = newFolder();
    let counted = 0;
    const counting = await listen(cleanup, {}, (socket) => {
      counted += 1;
      socket.pipe(socket);
    });
    const script = python(folder, 'wait.py', 'print("traced")\n');
    const once =
      'import socket,sys\ns=socket.socket()\ns.bind(("127.0.0.1",int(sys.argv[1])))\ns.listen(1)\nc,_=s.accept()\ns.close()\nc.sendall(b"only you")\nc.recv(1)\n';
    const single = python(folder, 'once.py', once);
    const display = `:${200 + Math.floor(Math.random() * 700)}`;
    const far = {
      iperf3: await startOn((port) => ['iperf3', '-s', '-1', '-B', '127.0.0.1', '-p', String(port)]),
      debugpy: await startOn((port) => [
        ...[
          '/usr/bin/python3',
          '-m',
          'debugpy',
          '--listen',
          `127.0.0.1:${port}`,
          '--wait-for-client',
          script,
        ],
      ]),
      gdbserver: await startOn((port) => ['gdbserver', '--once', `127.0.0.1:${port}`, '/bin/sleep', '100']),
      nc: await startOn((port) => ['nc', '-l', '127.0.0.1', String(port)]),
      postgres: await startPostgres(),
      mariadb: await startMariadb(),
      redis: await startOn((port) => ['redis-server', '--port', String(port), '--save', '', '--dir', folder]),
      smtp: await startOn((port) => ['aiosmtpd', '-n', '-l', `127.0.0.1:${port}`]),
      vnc: await startOn((port) => [
        ...['Xtigervnc', display, '-rfbport', String(port), '-SecurityTypes', 'None', '-localhost'],
      ]),
      ssh: cleanup.add(await startSshServer()),
      counting,
      single: await startOn((port) => ['/usr/bin/python3', single, String(port)]),
    };
    const server = cleanup.add(await startSshServer({ options: ['LogLevel DEBUG1'] }));
    /** What the server of the container was asked to connect to. */
    const connections = () => [...server.log().matchAll(/server_request_direct_tcpip/g)].length;
    const { open, tunnels } = await makeTunnels(cleanup, server, { direct: true });
    const opened = Object.fromEntries(
      await Promise.all(
        Object.entries(far).map(async ([name, { port }]) => [name, await open({ port })] as const),
      ),
    );
    const clock = createHandClock();
    const seen: string[] = [];
    const health = createHealth({
      ...{ clock, random: () => 0.5, budget: createHostBudget({ clock }) },
      onChange: () => {},
      onFacts: (id) => void seen.push(id),
      probePublic: async () => undefined,
      probeTunnel: async (id, { port }, how) =>
        factsOfPort(await tunnels.look(id, how.signal), port, how.now()),
    });
    cleanup.later(() => health.stop());
    const ids = Object.values(opened).map(({ id }) => id);
    health.watch(
      Object.values(opened).map(({ id, port }) => ({
        ...{ id, protocol: 'unknown', tunnel: { host: '127.0.0.1', port } },
      })),
    );
    await until('a minute of looks', () => {
      clock.pass(1_000);
      return clock.now() >= 60_000 && ids.every((id) => seen.filter((one) => one === id).length >= 2);
    });
    for (const id of ids) expect([id, health.get(id).tunnel.state]).toEqual([id, 'up']);
    expect(connections()).toBe(0);
    expect(counted).toBe(0);

    // Each still has its place for whom it is meant.
    const at = (name: keyof typeof far) => opened[name]?.port ?? 0;
    await run('iperf3', ['-c', '127.0.0.1', '-p', String(at('iperf3')), '-t', '1']);
    expect(await hear(at('single'))).toBe('only you');
    expect(await hear(at('gdbserver'), '+$qSupported#37')).toMatch(/^\+/);
    expect(await hear(at('debugpy'))).toMatch(/^Content-Length/);
    const greeting = hear(at('nc'), 'hello\n');
    await until('the line', () => far.nc.child.output().includes('hello'));
    await far.nc.child.kill();
    await greeting.catch(() => '');
    const sql = ['-h', '127.0.0.1', '-p', String(at('postgres')), '-U', 'postgres', '-Atc', 'select 1'];
    expect((await run('psql', sql)).stdout).toBe('1\n');
    expect(await hear(at('mariadb'))).toMatch(/MariaDB/);
    expect(await hear(at('redis'), 'PING\r\n')).toBe('+PONG\r\n');
    expect(await hear(at('smtp'))).toMatch(/^220 /);
    expect(await hear(at('vnc'))).toMatch(/^RFB 003/);
    expect(await hear(at('ssh'))).toMatch(/^SSH-2.0/);
    expect(await say(at('counting'))).toBe(true);
    // iperf3 has a second one for its data. Closing needs none.
    await tunnels.stop();
    expect(connections()).toBe(13);
    // PostgreSQL tells of each connection: the one of its own client and none before.
    expect([...far.postgres.child.output().matchAll(/connection received/g)].length).toBe(1);
  },
  120_000,
);

it('a service that ends is noticed without a connection, and so is its return', async () => {
  const server = cleanup.add(await startSshServer());
  const { open } = await makeTunnels(cleanup, server, { direct: true });
  const port = await freePort();
  const tunnel = await open({ port }, { until: 'unanswered' });
  expect(tunnel.view().state).toMatchObject({ error: { code: 'target_refused' } });
  const far = await listen(cleanup, {}, (socket) => socket.end(), port);
  await until('the state', () => tunnel.state() === 'connected', { deadlineMs: 15_000 });
  expect(tunnel.view().state).toMatchObject({ listensAt: expect.any(Number) });
  expect(far.open()).toBe(0);
});
