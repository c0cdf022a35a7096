import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Tunnel } from '../../../shared/model/service.ts';
import { ok } from '../../../shared/result.ts';
import {
  createCleanup,
  type FaultRelay,
  freePort,
  type SshServer,
  startFaultRelay,
  startSshServer,
  until,
  within,
} from '../../testing/index.ts';
import { silentLog, systemClock } from '../effects.ts';
import { Secret } from '../secret.ts';
import { createSsh, createTunnels, type SshEndpoint, type TunnelOptions } from './index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

const bigBytes = 500 * 1000 * 1000;

describe('a download that is cut in the middle', () => {
  it.each([
    ['cut', (relay: FaultRelay) => relay.cut()],
    ['reset', (relay: FaultRelay) => relay.reset()],
  ])('by a %s ends with an error, never as a short file', async (_how, fault) => {
    const { relay, open } = await setup();
    const { port } = await open(await bigFile());
    const outcome = download(port, () => fault(relay));
    expect(await outcome).toMatchObject({ error: 'ECONNRESET' });
    expect((await outcome).bytes).toBeLessThan(bigBytes);
  });

  it('by a blackhole: the state leaves connected and the client sees an error within 15 s', async () => {
    const { relay, open } = await setup();
    const tunnel = await open(await bigFile());
    let swallowedAt = 0;
    const outcome = download(tunnel.port, () => {
      swallowedAt = Date.now();
      relay.blackhole();
    });
    expect(await outcome).toMatchObject({ error: 'ECONNRESET' });
    expect(Date.now() - swallowedAt).toBeLessThan(15_000);
    expect(tunnel.state()).toBe('reconnecting');
  });

  it('by the end of the SSH server', async () => {
    const own = cleanup.add(await startSshServer());
    const { open } = await setup({ server: own });
    const { port } = await open(await bigFile());
    expect(await download(port, () => void own.kill('sessions'))).toMatchObject({ error: 'ECONNRESET' });
  });

  it('by the client closes the connection to the service', async () => {
    const { open } = await setup();
    const file = await bigFile();
    const { port } = await open(file);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'data');
    socket.destroy();
    await until('the service to be left', () => file.open() === 0);
  });
});

describe('a path that comes back', () => {
  it('after a blackhole carries again on the same port within 3 s', async () => {
    const { relay, open } = await setup();
    const tunnel = await open(await echo());
    relay.blackhole();
    await until('the loss to be noticed', () => tunnel.state() === 'reconnecting', { deadlineMs: 15_000 });
    // Long enough that an attempt hangs in the hole.
    await until('an attempt', () => relay.accepted() > 2);
    const healedAt = Date.now();
    relay.heal();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 3_000 - (Date.now() - healedAt) });
  });

  it('after refusing for a while carries again within 3 s, and serves a client that waited', async () => {
    const { relay, open } = await setup();
    const tunnel = await open(await echo());
    relay.refuse();
    relay.cut();
    await until('three attempts', () => {
      const { state } = tunnel.view();
      return state.kind === 'reconnecting' && state.attempt >= 3;
    });
    const waiting = say(tunnel.port);
    relay.heal();
    expect(await within('the client that waited', waiting, 3_000)).toBe(true);
    await until('the state', () => tunnel.state() === 'connected');
  });

  it('is counted down to, and tried at once when the person asks', async () => {
    const { relay, open, tunnels } = await setup();
    const tunnel = await open(await echo());
    relay.refuse();
    relay.reset();
    const { state } = await until('a countdown', () => {
      const view = tunnel.view();
      return view.state.kind === 'reconnecting' && view.state.nextAt > Date.now() && view;
    });
    expect(state).toMatchObject({ attempt: expect.any(Number), error: { code: 'ssh_lost' } });
    relay.heal();
    tunnels.retry(tunnel.id);
    await until('the state', () => tunnel.state() === 'connected', { deadlineMs: 3_000 });
  });

  it('is found within 5 s after sleep', async () => {
    const { relay, open, ssh } = await setup();
    const tunnel = await open(await echo());
    relay.blackhole();
    ssh.nudge();
    await until('the loss', () => tunnel.state() === 'reconnecting', { deadlineMs: 5_000 });
  });

  it('a hundred times leaves nothing behind', async () => {
    const { relay, open, tunnels } = await setup();
    const tunnel = await open(await echo());
    const handles = () => process.getActiveResourcesInfo().length;
    await relay.flap(3, 30, 10);
    await until('traffic', () => say(tunnel.port));
    const before = { handles: handles(), open: relay.open(), heap: heapMib() };
    for (let turn = 0; turn < 100; turn += 1) {
      await until(
        `link ${turn}`,
        () => {
          tunnels.retry(tunnel.id);
          return relay.open() > 0;
        },
        { everyMs: 5 },
      );
      if (turn % 2 === 0) relay.cut();
      else relay.reset();
    }
    tunnels.retry(tunnel.id);
    await until('traffic', () => say(tunnel.port));
    await until('no connection more', () => relay.open() <= before.open);
    await until('no handle more', () => handles() <= before.handles + 2);
    expect(heapMib() - before.heap).toBeLessThan(30);
    await tunnels.close(tunnel.id);
    await expect(say(tunnel.port)).resolves.toBe(false);
  });
});

describe('an SSH server', () => {
  it('that is restarted is found again on the same local port', async () => {
    const own = cleanup.add(await startSshServer());
    const { open } = await setup({ server: own, direct: true });
    const tunnel = await open(await echo());
    await own.kill('all');
    await until('the loss', () => tunnel.state() === 'reconnecting');
    await own.restart();
    await until('traffic', () => say(tunnel.port), { deadlineMs: 5_000 });
  });

  it('that shows another key in the same run is never tried again by itself', async () => {
    const own = cleanup.add(await startSshServer());
    const { open } = await setup({ server: own, direct: true });
    const tunnel = await open(await echo());
    await own.kill('all');
    await own.restart({ newHostKey: true });
    await until('the refusal', () => tunnel.state() === 'failed');
    expect(tunnel.view().state).toMatchObject({
      error: { code: 'ssh_host_key_changed', params: { got: own.fingerprint } },
    });
  });

  it('that takes no more logins for now is tried later', async () => {
    const own = cleanup.add(await startSshServer({ options: ['MaxStartups 1', 'LoginGraceTime 60'] }));
    // One that never signs in takes the only place.
    const greedy = await until('the only place', async () => {
      const socket = connect(own.port, own.host).on('error', () => {});
      const [greeting] = await once(socket, 'data');
      return String(greeting).startsWith('SSH-2.0') && socket;
    });
    const { open } = await setup({ server: own, direct: true });
    const tunnel = await open(await echo(), { until: 'reconnecting' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'ssh_lost' } });
    greedy.destroy();
    await until('the state', () => tunnel.state() === 'connected');
  });

  it('that forbids forwarding is told from a service that is down', async () => {
    const own = cleanup.add(await startSshServer({ options: ['AllowTcpForwarding no'] }));
    const { open } = await setup({ server: own, direct: true });
    const tunnel = await open(await echo(), { until: 'unanswered' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'target_prohibited' } });
  });

  it('that refuses the login is asked once', async () => {
    const { open, relay } = await setup({ endpoint: { keys: [], password: new Secret('wrong') } });
    const tunnel = await open(await echo(), { until: 'failed' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'ssh_login_refused' } });
    expect(await within('a client', say(tunnel.port), 3_000)).toBe(false);
    expect(relay.accepted()).toBe(1);
  });
});

describe('a far service', () => {
  it('that is down, then up, is refused first and answers then', async () => {
    const { open } = await setup();
    const port = await freePort();
    const tunnel = await open({ port }, { until: 'unanswered' });
    expect(tunnel.view().state).toMatchObject({ error: { code: 'target_refused' } });
    await echo(port);
    await until('the state', () => tunnel.state() === 'connected', { deadlineMs: 10_000 });
    expect(await say(tunnel.port)).toBe(true);
  });

  it('hears the end of what a client says, and is heard to its own end', async () => {
    const { open } = await setup();
    const far = await listen({ allowHalfOpen: true }, (socket) => {
      let said = '';
      socket.on('data', (chunk) => {
        said += chunk;
      });
      socket.on('end', () => socket.end(`you said ${said.length} letters`));
    });
    const { port } = await open(far, { until: 'verifying' });
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end('x'.repeat(5_000_000));
    let heard = '';
    for await (const chunk of socket) heard += chunk;
    expect(heard).toBe('you said 5000000 letters');
  });
});

it('carries fifty tunnels over one connection', async () => {
  const { relay, open } = await setup();
  const far = await echo();
  const tunnels = await Promise.all(Array.from({ length: 50 }, () => open(far)));
  expect(relay.open()).toBe(1);
  expect(new Set(tunnels.map(({ port }) => port)).size).toBe(50);
  expect(await Promise.all(tunnels.map(({ port }) => say(port)))).toEqual(tunnels.map(() => true));
  relay.reset();
  await until('the loss', () => tunnels.every((tunnel) => tunnel.state() !== 'connected'));
  await until('all of them again', () => tunnels.every((tunnel) => tunnel.state() === 'connected'));
  expect(relay.open()).toBe(1);
});

it('carries bulk work over a connection of its own', async () => {
  const { relay, open } = await setup();
  const far = await echo();
  await open(far);
  const bulk = await open(far, { dedicated: true });
  expect(relay.open()).toBe(2);
  expect(await say(bulk.port)).toBe(true);
});

/** Tunnels to a real OpenSSH server through a relay that misbehaves on demand. */
async function setup(
  how: {
    readonly server?: SshServer;
    readonly direct?: boolean;
    readonly endpoint?: Partial<SshEndpoint>;
  } = {},
) {
  const target = how.server ?? server;
  const relay = cleanup.add(await startFaultRelay(target));
  const pins = new Map<
    string,
    { runId: string; fingerprint: string; algorithm: string; acceptedAt: number }
  >();
  const ssh = createSsh({
    endpoint: async () =>
      ok({
        host: '127.0.0.1',
        port: how.direct === true ? target.port : relay.port,
        user: target.user,
        runId: 'run',
        keys: [{ text: new Secret(target.privateKey) }],
        ...how.endpoint,
      }),
    hostKeys: { pin: (id) => pins.get(id), remember: (pin) => void pins.set(pin.runId, pin) },
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  const tunnels = createTunnels({ ssh, clock: systemClock, random: Math.random, onChange: () => {} });
  cleanup.add(ssh);
  cleanup.add(tunnels);
  let count = 0;

  async function open(
    far: { readonly port: number },
    {
      until: wanted = 'connected',
      ...options
    }: Partial<TunnelOptions> & { readonly until?: Tunnel['state']['kind'] } = {},
  ) {
    count += 1;
    const id = `tunnel-${count}`;
    const opened = await tunnels.open(id, { key: 'host', targetPort: far.port, ...options });
    if (!opened.ok) throw new Error(opened.error.code);
    const view = () => tunnels.get(id) ?? { state: { kind: 'closed' as const } };
    const state = () => view().state.kind;
    await until(wanted, () => {
      if (state() === wanted) return true;
      throw new Error(`it is ${JSON.stringify(view().state)}`);
    });
    return { id, port: tunnels.get(id)?.local?.port ?? 0, view, state };
  }
  return { relay, ssh, tunnels, open };
}

async function listen(
  options: { readonly allowHalfOpen?: boolean },
  serve: (socket: Socket) => void,
  port = 0,
) {
  const clients = new Set<Socket>();
  const listener: Server = createServer({ noDelay: true, ...options }, (socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket);
  }).listen(port, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => {
    listener.close();
    for (const client of clients) client.destroy();
  });
  return { port: (listener.address() as AddressInfo).port, open: () => clients.size };
}

const echo = (port = 0) => listen({}, (socket) => socket.pipe(socket), port);

/** Sends 500 MB and then ends as a web server does. */
const bigFile = () =>
  listen({}, (socket) => {
    const chunk = Buffer.alloc(1_000_000, 'x');
    let left = bigBytes;
    const more = () => {
      while (left > 0 && !socket.destroyed) {
        left -= chunk.length;
        if (!socket.write(chunk)) return;
      }
      socket.end();
    };
    socket.on('drain', more);
    more();
  });

/** Reads until the end or an error; calls `then` once after 20 MB. */
function download(
  port: number,
  then: () => void,
): Promise<{ readonly bytes: number; readonly error: string | undefined }> {
  return within(
    'the end of a download',
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      let bytes = 0;
      let fault: (() => void) | undefined = then;
      let error: string | undefined;
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < 20_000_000) return;
        fault?.();
        fault = undefined;
      });
      socket.on('error', (cause: NodeJS.ErrnoException) => {
        error = cause.code;
      });
      socket.on('close', () => resolve({ bytes, error }));
    }),
  );
}

/** Whether an echo comes back over a fresh connection. */
function say(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
    socket.write('hello');
  });
}

function heapMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
