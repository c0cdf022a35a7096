import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createCleanup,
  type FaultRelay,
  type SshServer,
  startSshServer,
  until,
  within,
} from '../../testing/index.ts';
import { Secret } from '../base/secret.ts';
import {
  bigBytes,
  bigFile as bigFileOf,
  download,
  echo as echoOf,
  listen,
  makeTunnels,
  say,
} from './testing/tunnels.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

let server: SshServer;
beforeAll(async () => {
  server = await startSshServer();
  return () => server.stop();
});

const setup = ({
  server: own = server,
  ...how
}: { readonly server?: SshServer } & Parameters<typeof makeTunnels>[2] = {}) =>
  makeTunnels(cleanup, own, how);
const echo = () => echoOf(cleanup);
const bigFile = () => bigFileOf(cleanup);

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
    expect(tunnel.view().state).toMatchObject({
      error: { code: 'ssh_not_ssh', params: { text: 'Exceeded MaxStartups' } },
    });
    greedy.destroy();
    await until('the state', () => tunnel.state() === 'connected');
  });

  it('that forbids forwarding is told from a service that is down', async () => {
    const own = cleanup.add(await startSshServer({ options: ['AllowTcpForwarding no'] }));
    const { open } = await setup({ server: own, direct: true });
    const tunnel = await open(await echo());
    // It listens; that nobody is let through shows with the first client.
    expect(await say(tunnel.port)).toBe(false);
    expect(tunnel.view().state).toMatchObject({
      kind: 'unanswered',
      error: { code: 'target_prohibited' },
    });
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
  it('hears the end of what a client says, and is heard to its own end', async () => {
    const { open } = await setup();
    const far = await listen(cleanup, { allowHalfOpen: true }, (socket) => {
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

function heapMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
