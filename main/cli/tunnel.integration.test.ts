import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorSentence } from '../../shared/words/index.ts';
import {
  accepts,
  canIsolate,
  createCleanup,
  freePort,
  loopback,
  openMachine,
  runGearway,
  type SshServer,
  startPythonWeb,
  startRedis,
  startSshServer,
  until,
} from '../testing/index.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

const login = (server: SshServer) => `ssh ${server.user}@${server.host} -p ${server.port}`;
const connected = (line: Readonly<Record<string, unknown>>) => line.state === 'connected';
const localPort = (line: Readonly<Record<string, unknown>>) => Number(String(line.local).split(':').at(-1));

describe('gearway tunnel', () => {
  let server: SshServer;
  beforeAll(async () => {
    server = await startSshServer();
    return () => server.stop();
  });
  const tunnel = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    cleanup.add(runGearway(['tunnel', login(server), ...words, '--json'], { env }));
  const withKey = () => ['--identity', server.keyFile, '--host-key', server.fingerprint];

  it('carries a real Redis through a real OpenSSH server', async () => {
    const redis = cleanup.add(await startRedis());
    const command = tunnel(['-L', `0:127.0.0.1:${redis.port}`, ...withKey()]);
    const line = await command.line('a tunnel that is connected', connected);
    expect(line).toMatchObject({ event: 'tunnel', target: `127.0.0.1:${redis.port}` });
    expect(typeof line.since).toBe('number');
    const { stdout } = await run('redis-cli', ['-p', String(localPort(line)), 'ping']);
    expect(stdout.trim()).toBe('PONG');
    // The first line says something already: where it listens.
    expect(command.lines()[0]).toMatchObject({ local: line.local, state: 'connecting' });
    expect(await command.interrupt()).toBe(0);
    expect(command.lines().at(-1)).toMatchObject({ state: 'closed' });
  });

  it('signs in with a password from a variable', async () => {
    const redis = cleanup.add(await startRedis());
    const words = ['-L', `0:127.0.0.1:${redis.port}`, '--password-env', 'SSH_WORD', '--accept-new'];
    const command = tunnel(words, { SSH_WORD: server.password });
    await command.line('a tunnel that is connected', connected);
    expect(command.notes()).toContain(server.fingerprint);
  });

  it('says that the login was refused, and tries no second time', async () => {
    const words = ['-L', '0:127.0.0.1:9', '--password-env', 'SSH_WORD', '--accept-new'];
    const command = tunnel(words, { SSH_WORD: 'wrong one' });
    expect(await command.status()).toBe(1);
    const reasons = command.lines().map(({ reason }) => reason);
    expect(reasons).toContain('ssh_login_refused');
    expect(command.lines().filter(({ state }) => state === 'reconnecting')).toEqual([]);
    expect(command.notes()).not.toContain('wrong one');
  });

  it('says that the host key is another one', async () => {
    const command = tunnel([
      '-L',
      '0:127.0.0.1:9',
      '--identity',
      server.keyFile,
      '--host-key',
      `SHA256:${'A'.repeat(43)}`,
    ]);
    expect(await command.status()).toBe(1);
    expect(command.lines().at(-3)).toMatchObject({ state: 'failed', reason: 'ssh_host_key_changed' });
    expect(command.lines().at(-1)).toMatchObject({ event: 'error', code: 'ssh_host_key_changed' });
  });

  it('says that the local port is used', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    cleanup.later(() => void other.close());
    const port = (other.address() as AddressInfo).port;
    const command = tunnel(['-L', `${port}:127.0.0.1:9`, ...withKey()]);
    expect(await command.status()).toBe(1);
    expect(command.notes()).toContain(`Port ${port} on this computer is used`);
    expect(command.notes().trim().split('\n')).toHaveLength(1);
  });

  it('says that nothing listens at the far end', async () => {
    const command = tunnel(['-L', `0:127.0.0.1:${await freePort()}`, ...withKey()]);
    await command.line('a refused target', ({ reason }) => reason === 'target_refused');
  });

  it('gives up after its time', async () => {
    const words = ['tunnel', `root@127.0.0.1:${await freePort()}`, '-L', '0:127.0.0.1:9', '--accept-new'];
    const command = cleanup.add(runGearway([...words, '--timeout', '1', '--json']));
    expect(await command.status()).toBe(1);
    expect(command.lines().map(({ code }) => code)).toContain('ssh_timeout');
  });

  it('takes no key that nobody named and nothing knows', async () => {
    const command = tunnel(['-L', '0:127.0.0.1:9', '--identity', server.keyFile]);
    expect(await command.status()).toBe(1);
    expect(command.lines().map(({ code }) => code)).toContain('ssh_host_key_unknown');
  });

  it('takes a host of a configuration, with its jump host, keys and forwards, as ssh does', async () => {
    const redis = cleanup.add(await startRedis());
    const folder = await mkdtemp(join(tmpdir(), 'gw-tunnel-'));
    cleanup.later(() => rm(folder, { recursive: true, force: true }));
    const { stdout: known } = await run('ssh-keyscan', [
      '-t',
      'ed25519',
      '-p',
      String(server.port),
      '127.0.0.1',
    ]);
    await writeFile(join(folder, 'known'), known);
    const config = join(folder, 'config');
    await writeFile(
      config,
      [
        'Host gate lab',
        `  HostName 127.0.0.1\n  Port ${server.port}\n  User root\n  IdentityFile ${server.keyFile}`,
        `  UserKnownHostsFile ${join(folder, 'known')}`,
        `Host lab\n  ProxyJump gate\n  LocalForward 127.0.0.1:${await freePort()} 127.0.0.1:${redis.port}`,
      ].join('\n'),
    );
    const command = cleanup.add(runGearway(['tunnel', `ssh -F ${config} lab`, '--json']));
    const line = await command.line('a tunnel that is connected', connected);
    const { stdout } = await run('redis-cli', ['-p', String(localPort(line)), 'ping']);
    expect(stdout.trim()).toBe('PONG');
  });

  it('says that the server cannot be reached, to people by a sentence', async () => {
    const port = await freePort();
    const words = ['tunnel', `root@127.0.0.1:${port}`, '-L', '0:127.0.0.1:9', '--accept-new'];
    const command = cleanup.add(runGearway([...words, '--json']));
    await command.line('an unreachable server', ({ reason }) => reason === 'ssh_unreachable');
    const plain = cleanup.add(runGearway(words));
    const sentence = `reconnecting: ${errorSentence({ code: 'ssh_unreachable', params: { host: '127.0.0.1', port } }, 'en')}`;
    await until('the sentence', () => plain.notes().includes(sentence));
    expect(plain.notes()).not.toContain('ssh_unreachable');
  });
});

describe.skipIf(!canIsolate())('a service in a container', () => {
  it('that listens on 127.0.0.1 is refused from outside and answers through the tunnel', async () => {
    const { machine, tunnelTo } = await container();
    const web = cleanup.add(await startPythonWeb({ machine, marker: 'inside only' }));
    expect(await accepts(machine.address, web.port)).toBe(false);
    expect(await page(await tunnelTo(web.port))).toContain('inside only');
  });

  it('that listens on 0.0.0.0 answers both ways', async () => {
    const { machine, tunnelTo } = await container();
    const web = cleanup.add(await startPythonWeb({ machine, bind: '0.0.0.0', marker: 'for all' }));
    expect(await page(`http://${machine.address}:${web.port}/`)).toContain('for all');
    expect(await page(await tunnelTo(web.port))).toContain('for all');
  });

  async function container() {
    const machine = cleanup.add(await openMachine());
    const server = cleanup.add(await startSshServer({ machine }));
    expect(machine).not.toBe(loopback);
    async function tunnelTo(port: number): Promise<string> {
      const forward = [
        '-L',
        `0:127.0.0.1:${port}`,
        '--identity',
        server.keyFile,
        '--host-key',
        server.fingerprint,
      ];
      const command = cleanup.add(runGearway(['tunnel', login(server), ...forward, '--json']));
      return `http://127.0.0.1:${localPort(await command.line('a tunnel that is connected', connected))}/`;
    }
    return { machine, tunnelTo };
  }
});

const page = async (url: string): Promise<string> =>
  (await fetch(url, { signal: AbortSignal.timeout(10_000) })).text();
