import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCleanup, freePort, type SshServer, startSshServer, until } from '../../testing/index.ts';

import { accepted, added, createConnectionLab, say } from './testing/connections.ts';

const run = promisify(execFile);
const cleanup = createCleanup();
afterEach(() => cleanup.run());
const { engine, emptyHome, echo } = createConnectionLab(cleanup);

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

describe('a forward', () => {
  it('leads from a local port to a host that the far side reaches, IPv6 and Unix sockets too', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const six = await echo('::1');
    const folder = await emptyHome();
    const path = join(folder, 'echo');
    await echo(path);
    for (const target of [`127.0.0.1:${await echo('127.0.0.1')}`, `[::1]:${six}`, path]) {
      const made = await added(ask, id, 'local', `0:${target}`);
      const state = await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
      expect(state).toBe(true);
      expect(await say(forward(made)?.port ?? 0)).toBe('hello');
      expect(forward(made)?.tunnel.command).toContain('-L');
    }
  });

  it('by SOCKS5 leads where each client says, and tells it what is refused', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const made = await added(ask, id, 'dynamic', '0');
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    const web = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nthrough'));
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    cleanup.later(() => void web.close());
    const proxy = `127.0.0.1:${forward(made)?.port}`;
    const { port } = web.address() as AddressInfo;
    const { stdout } = await run('curl', ['-s', '--socks5-hostname', proxy, `http://localhost:${port}/`]);
    expect(stdout).toBe('through');
    const refused = run('curl', ['-s', '--socks5', proxy, `http://127.0.0.1:${await freePort()}/`]);
    await expect(refused).rejects.toMatchObject({ code: 97 });
    expect(forward(made)?.tunnel.state.kind).toBe('connected');
  });

  it('from the far side leads to a port of this computer', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const far = await freePort();
    const made = await added(ask, id, 'remote', `${far}:127.0.0.1:${await echo('127.0.0.1')}`);
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    expect(await say(far)).toBe('hello');
    await until('the count', () => (forward(made)?.tunnel.traffic?.bytesUp ?? 0) > 0);
    expect(forward(made)?.tunnel.figures).toMatchObject({ upSince: expect.any(Number), lastErrors: [] });
    await ask('forwards.close', { id: made });
    await until('the far port to be left', () =>
      say(far).then(
        () => false,
        () => true,
      ),
    );
  });

  it('that the server refuses says so', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const made = await added(ask, id, 'remote', `${(taken.address() as AddressInfo).port}:127.0.0.1:9`);
    const state = await until('the refusal', () => {
      const found = forward(made)?.tunnel.state;
      return found?.kind === 'unanswered' && found;
    });
    expect(state.error.code).toBe('ssh_forward_refused');
  });

  it('listens for others only once that was confirmed, and names who holds a port', async () => {
    const { ask } = await engine();
    const id = await accepted(ask, server);
    const wanted = { connectionId: id, direction: 'local', forward: '0.0.0.0:0:127.0.0.1:9' };
    expect(await ask('forwards.save', wanted)).toMatchObject({
      error: { code: 'bind_not_confirmed', params: { bind: '0.0.0.0' } },
    });
    expect(await ask('forwards.save', { ...wanted, confirmed: true })).toMatchObject({ ok: true });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const busy = { connectionId: id, direction: 'local', forward: `${port}:127.0.0.1:9` };
    expect(await ask('forwards.save', busy)).toMatchObject({
      error: { code: 'local_port_busy', params: { port, free: expect.any(Number), pid: process.pid } },
    });
  });

  it('is changed in place, and goes on as it was where it cannot be', async () => {
    const { ask, forward } = await engine();
    const id = await accepted(ask, server);
    const made = await added(ask, id, 'local', `0:127.0.0.1:${await echo('127.0.0.1')}`);
    const port = forward(made)?.port ?? 0;
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    cleanup.later(() => void taken.close());
    const change = (typed: string) =>
      ask('forwards.save', { connectionId: id, id: made, direction: 'local', forward: typed });
    const busy = (taken.address() as AddressInfo).port;
    expect(await change(`${busy}:127.0.0.1:9`)).toMatchObject({ error: { code: 'local_port_busy' } });
    expect(await say(port)).toBe('hello');
    expect(await change(`0:127.0.0.1:${await echo('127.0.0.1')}`)).toMatchObject({ ok: true });
    expect(await say(forward(made)?.port ?? 0)).toBe('hello');
  });

  it('comes back at its port when the engine starts again', async () => {
    const first = await engine();
    const id = await accepted(first.ask, server);
    const made = await added(first.ask, id, 'local', `0:127.0.0.1:${await echo('127.0.0.1')}`);
    const port = first.forward(made)?.port ?? 0;
    await first.stop();
    const { forward } = await engine({ memory: first.memory() });
    await until('the forward', () => forward(made)?.tunnel.state.kind === 'connected');
    expect(await say(port)).toBe('hello');
  });
});

describe('a forward to a port that nothing listens on', () => {
  it('says so by the name of its machine: there is no container', async () => {
    const { ask, connection } = await engine();
    const id = await accepted(ask, server);
    await added(ask, id, 'local', `0:127.0.0.1:${await freePort()}`);
    const forward = connection(id).forwards[0];
    await ask('forwards.open', { id: forward?.id });
    const state = await until('the refusal', () => {
      const now = connection(id).forwards[0]?.tunnel.state;
      return now?.kind === 'unanswered' && now;
    });
    expect(state.error).toMatchObject({
      code: 'target_refused',
      params: { machine: connection(id).name },
    });
  });
});
