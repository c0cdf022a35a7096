import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, type SshServer, startDropbear, startSshServer, until } from '../../testing/index.ts';
import { Secret } from '../base/secret.ts';
import { makeKey } from './make-key.ts';
import { echo, listen, makeTunnels, say } from './testing/tunnels.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

/** An agent of the test's own with so many keys that nobody knows, and perhaps one that the server takes, last. */
async function startAgent(strangers: number, known?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gw-agent-'));
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  cleanup.later(async () => {
    agent.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  await until('the agent', () => run('ssh-add', ['-l'], { env }).catch(({ code }) => code === 1));
  for (let count = 0; count < strangers; count += 1) {
    const file = join(folder, `key${count}`);
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
    await run('ssh-add', ['-q', file], { env });
  }
  if (known !== undefined) await run('ssh-add', ['-q', known], { env });
  return socket;
}

describe.each([
  ['OpenSSH', (options: readonly string[]) => startSshServer({ options })],
  ['Dropbear', () => startDropbear()],
])('a login at %s', (program, start) => {
  it('with more keys than it takes tries is made once, and told as what it is', async () => {
    const own = cleanup.add(await start(['MaxAuthTries 3']));
    const agent = await startAgent(program === 'OpenSSH' ? 8 : 14);
    const { open, relay } = await makeTunnels(cleanup, own, { endpoint: { keys: [], agent } });
    const tunnel = await open(await echo(cleanup), { until: 'failed' });
    expect(tunnel.view().state).toMatchObject({
      // Dropbear does not count keys that are only offered.
      error: { code: program === 'OpenSSH' ? 'ssh_too_many_tries' : 'ssh_login_refused' },
    });
    expect(relay.accepted()).toBe(1);
  });

  it('goes on past keys of the agent that it does not take', async () => {
    const own = cleanup.add(await start([]));
    const agent = await startAgent(2, own.keyFile);
    const { open } = await makeTunnels(cleanup, own, { endpoint: { keys: [], agent } });
    expect(await say((await open(await echo(cleanup))).port)).toBe(true);
  });

  it('goes on with the key file where the agent is gone', async () => {
    const own = cleanup.add(await start([]));
    const { open } = await makeTunnels(cleanup, own, { endpoint: { agent: '/nonexistent/agent' } });
    expect(await say((await open(await echo(cleanup))).port)).toBe(true);
  });

  it('with nothing but an agent that is gone says so, once', async () => {
    const own = cleanup.add(await start([]));
    const endpoint = { keys: [], agent: '/nonexistent/agent' };
    const { open, relay } = await makeTunnels(cleanup, own, { endpoint });
    const tunnel = await open(await echo(cleanup), { until: 'failed' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'ssh_agent_missing' } });
    expect(relay.accepted()).toBe(1);
  });

  it('with a wrong key is refused once', async () => {
    const own = cleanup.add(await start(['MaxAuthTries 1']));
    const keys = [{ text: new Secret(makeKey('').text.reveal()) }];
    const { open, relay } = await makeTunnels(cleanup, own, { endpoint: { keys } });
    const tunnel = await open(await echo(cleanup), { until: 'failed' });
    const { state } = tunnel.view();
    expect(state.kind === 'failed' && state.error.code).toMatch(/ssh_login_refused|ssh_too_many_tries/);
    expect(relay.accepted()).toBe(1);
  });
});

describe('a command', () => {
  const how = { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1_000 };

  it('that the server has no session for is no lost link: tunnels go on', async () => {
    const own = cleanup.add(await startSshServer({ options: ['MaxSessions 0'] }));
    const { open, ssh } = await makeTunnels(cleanup, own);
    const tunnel = await open(await echo(cleanup));
    expect(await ssh.exec('host', 'true', how)).toMatchObject({
      ok: false,
      error: { code: 'ssh_session_refused', params: { text: 'open failed' } },
    });
    expect(tunnel.state()).toBe('connected');
    expect(await say(tunnel.port)).toBe(true);
  });
});

describe('a target that cannot be reached', () => {
  it('is told in the words of the far side', async () => {
    const { open } = await makeTunnels(cleanup, server);
    // No name has a part of 70 letters (RFC 1035 §2.3.4): it is refused at once, and nobody is asked for it.
    const tunnel = await open({ port: 80 }, { targetHost: `${'x'.repeat(70)}.invalid` });
    // Opening spends no connection: a client finds out.
    expect(await say(tunnel.port)).toBe(false);
    await until('the tunnel says so', () => tunnel.state() === 'unanswered');
    expect(tunnel.view().state).toMatchObject({ error: { code: 'target_unreachable' } });
  });
});

describe('a program that is no SSH server', () => {
  it('is quoted, and not taken for one that is away', async () => {
    const web = await listen(cleanup, {}, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const endpoint = { port: web.port };
    const { open } = await makeTunnels(cleanup, server, { endpoint });
    const tunnel = await open(await echo(cleanup), { until: 'reconnecting' });
    expect(tunnel.view().state).toMatchObject({
      error: { code: 'ssh_not_ssh', params: { text: 'HTTP/1.1 400 Bad Request' } },
    });
  });
});
