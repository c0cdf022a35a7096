import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Comparison } from '../../../shared/model/comparison.ts';
import { emptyMemory } from '../../../shared/model/memory.ts';
import type { Result } from '../../../shared/result.ts';
import { findings, nextHealth } from '../../../shared/verdicts/index.ts';
import {
  canIsolate,
  createCleanup,
  freePort,
  type Machine,
  openMachine,
  type SshServer,
  startPythonWeb,
  startSshServer,
  until,
} from '../../testing/index.ts';
import { silentLog, systemClock } from '../effects.ts';
import { createEngine, type Engine } from '../engine.ts';
import { probePublic } from '../health/index.ts';
import { type EdgeFault, type LocalPlatform, startLocalPlatform } from '../local-platform/index.ts';

/*
 * Every pair of the table in the product's description, made for real: the whole engine, the local platform, a real
 * OpenSSH server, real services; and ten healthy services that must be given no wrong name.
 */

const never = new AbortController().signal;
const cleanup = createCleanup();
let platform: LocalPlatform;
let here: SshServer;
let machine: Machine;
let inside: SshServer;
const python: Record<string, number> = {};
const servers: Record<string, number> = {};
const containers: Record<string, string> = {};

async function listen(server: Server | ReturnType<typeof createTcp>): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.later(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
const http = (answer: RequestListener) => listen(createHttp(answer));

/** A service that offers its paths to the lab, and nothing slow. */
async function measurable(): Promise<number> {
  const server = createHttp((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    if (url.pathname === '/.well-known/gearway-lab.json')
      response.end(JSON.stringify({ upload: '/up', events: '/events?n={count}&ms={ms}', webSocket: '/ws' }));
    else if (url.pathname === '/up') request.resume().on('end', () => response.end('ok'));
    else if (url.pathname === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let left = Number(url.searchParams.get('n'));
      const timer = setInterval(
        () => {
          response.write('data: x\n\n');
          left -= 1;
          if (left === 0) response.end();
        },
        Number(url.searchParams.get('ms')),
      );
      response.on('close', () => clearInterval(timer));
    } else response.end('here');
  });
  const sockets = new WebSocketServer({ server, path: '/ws' });
  cleanup.later(() => sockets.close());
  return listen(server);
}

const page =
  (text: string, head: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', ...head }).end(text);
const status =
  (code: number, head: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, head).end();

/** Signs a new engine in. */
/** `sshReadyMs`: where no SSH server will answer, nobody has to wait for it as long as a person would. */
async function signIn(of: LocalPlatform, sshReadyMs?: number): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-diagnosis-'));
  const engine = createEngine({
    epoch: 'test',
    memory: emptyMemory(),
    remember: () => {},
    secrets: { read: async () => undefined, write: async () => {}, forget: async () => {} },
    folder,
    notify: () => {},
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    fetch,
    sshReadyMs,
  });
  cleanup.later(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await engine.start();
  const opened = await engine.handle(
    'session.signIn',
    {
      instance: 'private',
      origin: of.origin,
      domain: `${of.edge.scheme}://${of.edge.domain}:${of.edge.port}`,
      token: of.token,
    },
    never,
  );
  if (!opened.ok) throw new Error(opened.error.code);
  return engine;
}

async function compare(engine: Engine, container: string, port: number, lab = false): Promise<Comparison> {
  const serviceId = `${containers[container]}:${port}`;
  await until(
    `service ${container}:${port}`,
    () => engine.snapshot().state.services[serviceId] !== undefined,
  );
  const answer = (await engine.handle('services.compare', { serviceId, lab }, never)) as Result<Comparison>;
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** All that is said but what is true of every open service here. */
const names = (comparison: Comparison) =>
  comparison.findings
    .map(({ code, sure }) => `${code} ${sure}`)
    .filter((name) => name !== 'open_to_anyone certain');

async function open(https: boolean): Promise<LocalPlatform> {
  const started = await startLocalPlatform({
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    https,
  });
  if (!started.ok) throw new Error(started.error.code);
  cleanup.later(() => started.value.stop());
  return started.value;
}

function add(
  to: LocalPlatform,
  name: string,
  ssh: { host: string; port: number; password: string },
  address: string,
  ports: Record<string, number>,
) {
  containers[name] = to.addOutside({
    name,
    sshHost: ssh.host,
    sshPort: ssh.port,
    sshUser: 'root',
    password: ssh.password,
    address,
    mappings: Object.entries(ports).map(([mapping, port]) => ({ name: mapping, port })),
  });
}

beforeAll(async () => {
  platform = await open(false);
  here = cleanup.add(await startSshServer());
  servers.good = await http(page('<title>Good</title>'));
  servers.slow = await http((_, response) => void setTimeout(() => response.end('late'), 700));
  servers.picky = await http((request, response) =>
    /^(?:127\.|localhost)/.test(request.headers.host ?? '')
      ? response.end('hello')
      : response.writeHead(403).end(),
  );
  for (const name of ['stream', 'upload', 'lossy']) servers[name] = await measurable();
  servers.nothing = await freePort();
  servers.silent = await listen(createTcp(() => {}));
  const mapped = Object.fromEntries(Object.entries(servers).filter(([name]) => name !== 'silent'));
  add(platform, 'here', here, '127.0.0.1', mapped);
  add(
    platform,
    'wrong-password',
    { ...here, host: here.host, port: here.port, password: 'no' },
    '127.0.0.1',
    { wrongpw: servers.good },
  );
  add(platform, 'blocked', { host: '127.0.0.1', port: servers.silent, password: 'x' }, '127.0.0.1', {
    blocked: servers.good,
  });
  add(platform, 'away', { host: '127.0.0.1', port: servers.silent, password: 'x' }, '127.0.0.1', {
    away: servers.silent,
  });
  if (canIsolate()) {
    machine = cleanup.add(await openMachine());
    inside = cleanup.add(await startSshServer({ machine }));
    python.loopback = (await startPythonWeb({ machine, bind: '127.0.0.1' })).port;
    python.outer = (await startPythonWeb({ machine, bind: machine.address })).port;
    add(platform, 'inside', inside, machine.address, { pyloop: python.loopback, pyouter: python.outer });
  }
}, 120_000);
afterAll(() => cleanup.run(), 60_000);

describe('what both routes say together', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await signIn(platform);
  });
  const fault = (name: string, what: EdgeFault) => platform.faults.set(name, what);

  it('2xx and 2xx: nothing wrong, and open to everyone', async () => {
    const comparison = await compare(engine, 'here', servers.good ?? 0);
    expect(comparison.findings.map(({ code }) => code)).toEqual(['open_to_anyone']);
  });

  it.skipIf(!canIsolate())('502 and 2xx: bound to 127.0.0.1, seen inside', async () => {
    await until('a look inside', async () => {
      const { state } = engine.snapshot();
      if (state.services[`${containers.inside}:${python.loopback}`]?.listens !== undefined) return true;
      await engine.handle('containers.look', { containerId: containers.inside }, never);
      return false;
    });
    const comparison = await compare(engine, 'inside', python.loopback ?? 0);
    expect(names(comparison)).toEqual(['bound_to_loopback certain']);
    expect(comparison.tunnel.kind).toBe('reached');
  });

  it('502 and refused: nothing listens', async () => {
    expect(names(await compare(engine, 'here', servers.nothing ?? 0))).toEqual(['nothing_listens likely']);
  });

  it.skipIf(!canIsolate())('2xx and refused: on another address of the container, and which', async () => {
    const comparison = await compare(engine, 'inside', python.outer ?? 0);
    expect(names(comparison)).toEqual(['listens_elsewhere certain']);
    expect(comparison.findings[0]?.params).toEqual({ address: machine.address });
  });

  it('504 and 2xx: the gateway has a time limit', async () => {
    fault('slow', { firstByteLimitMs: 300 });
    expect(names(await compare(engine, 'here', servers.slow ?? 0))).toEqual(['gateway_time_limit likely']);
    fault('slow', {});
  });

  it('403 and 2xx: Host or Origin is checked', async () => {
    expect(names(await compare(engine, 'here', servers.picky ?? 0))).toEqual(['host_check likely']);
  });

  it('one late piece against many, and no 101: the gateway buffers and passes no WebSocket', async () => {
    fault('stream', { buffer: true, noUpgrade: true });
    expect(names(await compare(engine, 'here', servers.stream ?? 0, true)).sort()).toEqual([
      'gateway_buffers certain',
      'websocket_not_passed certain',
    ]);
  });

  it('413 and 2xx: the gateway has a body limit', async () => {
    fault('upload', { bodyLimitBytes: 1_000_000 });
    const comparison = await compare(engine, 'here', servers.upload ?? 0, true);
    expect(names(comparison)).toEqual(['body_limit certain']);
    expect(comparison.findings.find(({ code }) => code === 'body_limit')?.params?.megabytes).toBeCloseTo(
      1,
      0,
    );
  });

  it('some lost against none: the public route is unsteady', async () => {
    fault('lossy', { loss: 0.3 });
    const comparison = await compare(engine, 'here', servers.lossy ?? 0, true);
    expect(names(comparison)).toContain('public_unsteady certain');
  });

  it('a cut connection and 2xx: the way to the public address is broken', async () => {
    fault('good', { outage: true });
    const comparison = await compare(engine, 'here', servers.good ?? 0);
    fault('good', {});
    expect(names(comparison)).toEqual(['public_unreachable likely']);
  });

  it('2xx and login refused: the password is of another run', async () => {
    expect(names(await compare(engine, 'wrong-password', servers.good ?? 0))).toEqual([
      'ssh_login_refused certain',
    ]);
  });

  it('2xx and no answer of SSH: blocked on this network', async () => {
    const hasty = await signIn(platform, 2_000);
    expect(names(await compare(hasty, 'blocked', servers.good ?? 0))).toEqual(['ssh_blocked likely']);
  }, 90_000);

  it('no answer and no answer: the network is down or the container stopped', async () => {
    const hasty = await signIn(platform, 2_000);
    expect(names(await compare(hasty, 'away', servers.silent ?? 0))).toEqual(['network_down likely']);
  }, 90_000);

  it('2xx and another host key: the container was recreated or somebody is in between', async () => {
    await here.kill('all');
    await here.restart({ newHostKey: true });
    const comparison = await until('the changed key to be seen', async () => {
      const one = await compare(engine, 'here', servers.good ?? 0);
      return names(one).includes('host_key_changed certain') && one;
    });
    expect(names(comparison)).toEqual(['host_key_changed certain']);
  }, 90_000);
});

describe('what a wrong or strange address says', () => {
  it.each([
    [
      '404 signed by the platform: the mapping is missing or renamed',
      'demo-gone.gear.localhost',
      'mapping_missing',
    ],
    ['a name that does not resolve: wrong name or domain', 'demo-good.gear.invalid', 'name_unresolved'],
  ])('%s', async (_name, host, code) => {
    const how = { now: Date.now, signal: never };
    const facts = await probePublic({ url: `http://${host}:${platform.edge.port}` }, how);
    const tunnel = await probePublic({ url: `http://127.0.0.1:${servers.good}` }, how);
    const unknown = { state: 'unknown' } as const;
    const found = findings({
      public: nextHealth(unknown, facts),
      tunnel: nextHealth(unknown, tunnel),
      tunnelState: { kind: 'connected', since: 0, verifiedAt: 0 },
      exposure: { kind: 'mapped', url: '' },
      containerRunning: true,
    });
    expect(found.map((one) => `${one.code} ${one.sure}`)).toEqual([`${code} likely`]);
  });

  it('a certificate that is not trusted and 2xx: somebody in between, with the name of who signed it', async () => {
    const secure = await open(true);
    add(secure, 'secure', here, '127.0.0.1', { good: servers.good ?? 0 });
    const engine = await signIn(secure);
    const comparison = await compare(engine, 'secure', servers.good ?? 0);
    expect(names(comparison)).toEqual(['tls_intercepted likely']);
    expect(comparison.findings.find(({ code }) => code === 'tls_intercepted')?.params).toMatchObject({
      issuer: 'gear.localhost',
    });
  });

  it('a page over HTTPS that loads files over HTTP: the app does not know its public address', async () => {
    const secure = await open(true);
    const port = await http(page('<script src="http://demo-mixed.gear.localhost/app.js"></script>'));
    add(secure, 'mixed', here, '127.0.0.1', { mixed: port });
    const facts = await probePublic(
      { url: `https://demo-mixed.gear.localhost:${secure.edge.port}`, ca: secure.edge.ca },
      { now: Date.now, signal: never },
    );
    const found = findings({
      public: { state: 'up', verifiedAt: 0, facts, recentMs: [] },
      tunnel: { state: 'absent' },
      tunnelState: { kind: 'closed' },
      exposure: { kind: 'mapped', url: '' },
      containerRunning: true,
      now: Date.now(),
    });
    expect(found.map(({ code }) => code)).toEqual(['insecure_assets', 'open_to_anyone']);
    expect(facts.tls).toMatchObject({ issuer: 'gear.localhost' });
  });
});

describe('a healthy service', () => {
  const healthy: Record<string, RequestListener> = {
    'a page': page('<title>Fine</title>'),
    'an API': (_, response) => response.setHeader('content-type', 'application/json').end('{}'),
    'nothing at its root': status(404),
    'a login': status(401, { 'www-authenticate': 'Bearer' }),
    'a door that is closed to all': status(403),
    'a way to somewhere else': status(302, { location: '/login' }),
    'an error of its own at its root': status(405),
    'a slow answer': (_, response) => void setTimeout(() => response.end('slow'), 400),
    'a large page': page('x'.repeat(300_000)),
    'a stream that never ends': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    },
    'nothing but a header': status(204),
  };
  let engine: Engine;
  const ports: Record<string, number> = {};
  beforeAll(async () => {
    for (const [name, answer] of Object.entries(healthy)) ports[name] = await http(answer);
    add(
      platform,
      'healthy',
      here,
      '127.0.0.1',
      Object.fromEntries(Object.values(ports).map((port) => [`ok-${port}`, port])),
    );
    engine = await signIn(platform);
  }, 60_000);

  it.each(Object.keys(healthy))('with %s is given no wrong name', async (name) => {
    expect(names(await compare(engine, 'healthy', ports[name] ?? 0))).toEqual([]);
  });
});
