import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Comparison } from '../../../shared/model/comparison.ts';
import { type Finding, findingCodes } from '../../../shared/model/service.ts';
import type { Result } from '../../../shared/result.ts';
import { findings, nextHealth } from '../../../shared/verdicts/index.ts';
import {
  type EdgeFault,
  type LocalPlatform,
  type LocalPlatformOptions,
  startLocalPlatform,
} from '../../local-platform/index.ts';
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
import { silentLog, systemClock } from '../base/effects.ts';
import type { Engine } from '../engine.ts';
import { probePublic } from '../health/index.ts';
import { makeEngine } from '../testing/make-engine.ts';

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

/** A service that offers its paths to comparisons, and nothing slow. */
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

/** A platform that tells less than this one: its public documents leave it open what it tells of mappings. */
const tellsNo =
  (...fields: readonly string[]): typeof fetch =>
  async (url, init) => {
    const answer = await fetch(url, init);
    if (!String(init?.body).includes('__type(')) return answer;
    const body = (await answer.json()) as { data: { type: { fields?: { name: string }[] } | null } };
    const type = body.data.type;
    if (type?.fields) type.fields = type.fields.filter(({ name }) => !fields.includes(name));
    return Response.json(body);
  };

interface SignIn {
  /** Where no SSH server will answer, nobody has to wait for it as long as a person would. */
  readonly sshReadyMs?: number;
  /** The domain of public addresses, where the person typed another one. */
  readonly domain?: string;
  readonly fetch?: typeof fetch;
}

/** Signs a new engine in. */
async function signIn(of: LocalPlatform, how: SignIn = {}): Promise<Engine> {
  const engine = makeEngine(cleanup, {
    // The longest wait of every back-off and jitter: what is on its way for a moment can be seen.
    random: () => 0.999,
    fetch: how.fetch ?? fetch,
    sshReadyMs: how.sshReadyMs,
  });
  await engine.start();
  const opened = await engine.handle(
    'session.signIn',
    {
      instance: 'private',
      origin: of.origin,
      domain: `${of.edge.scheme}://${how.domain ?? of.edge.domain}:${of.edge.port}`,
      token: of.token,
    },
    never,
  );
  if (!opened.ok) throw new Error(opened.error.code);
  return engine;
}

async function compare(engine: Engine, container: string, port: number, full = false): Promise<Comparison> {
  const serviceId = `${containers[container]}:${port}`;
  await until(
    `service ${container}:${port}`,
    () => engine.snapshot().state.services[serviceId] !== undefined,
  );
  const answer = (await engine.handle('services.compare', { serviceId, full }, never)) as Result<Comparison>;
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** Every finding that was produced here. */
const produced = new Set<string>();
const noted = (found: readonly Finding[]): readonly Finding[] => {
  for (const { code } of found) produced.add(code);
  return found;
};

/** All that is said but what is true of every open service here. */
const names = (comparison: Comparison) =>
  noted(comparison.findings)
    .map(({ code, sure }) => `${code} ${sure}`)
    .filter((name) => name !== 'open_to_anyone certain');

async function open(part: Partial<LocalPlatformOptions> = {}): Promise<LocalPlatform> {
  const started = await startLocalPlatform({
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    ...part,
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
  platform = await open();
  here = cleanup.add(await startSshServer());
  for (const name of ['good', 'cut', 'links']) servers[name] = await http(page(`<title>${name}</title>`));
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
    { wrongpw: servers.good ?? 0 },
  );
  add(platform, 'blocked', { host: '127.0.0.1', port: servers.silent, password: 'x' }, '127.0.0.1', {
    blocked: servers.good ?? 0,
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

/** They wait more than they work: side by side they take as long as the slowest. */
describe.concurrent('what both routes say together', () => {
  let engine: Engine;
  let hasty: Engine;
  beforeAll(async () => {
    [engine, hasty] = await Promise.all([signIn(platform), signIn(platform, { sshReadyMs: 2_000 })]);
  });
  const fault = (name: string, what: EdgeFault) => platform.faults.set(name, what);
  const lookInside = (port: number | undefined) =>
    until('a look inside', async () => {
      const { state } = engine.snapshot();
      if (state.services[`${containers.inside}:${port}`]?.listens !== undefined) return true;
      await engine.handle('containers.look', { containerId: containers.inside }, never);
      return false;
    });

  it('2xx and 2xx: nothing wrong, and open to everyone', async () => {
    const comparison = await compare(engine, 'here', servers.good ?? 0);
    expect(noted(comparison.findings).map(({ code }) => code)).toEqual(['open_to_anyone']);
  });

  it.skipIf(!canIsolate())('502 and 2xx: bound to 127.0.0.1, seen inside', async () => {
    await lookInside(python.loopback);
    const comparison = await compare(engine, 'inside', python.loopback ?? 0);
    expect(names(comparison)).toEqual(['bound_to_loopback certain']);
    expect(comparison.tunnel.kind).toBe('reached');
  });

  it('502 and refused: nothing listens', async () => {
    expect(names(await compare(engine, 'here', servers.nothing ?? 0))).toEqual(['nothing_listens likely']);
  });

  it.skipIf(!canIsolate())('2xx and refused: on another address of the container, and which', async () => {
    await lookInside(python.outer);
    const comparison = await compare(engine, 'inside', python.outer ?? 0);
    expect(names(comparison)).toEqual(['listens_elsewhere certain']);
    expect(comparison.findings[0]?.params).toEqual({ address: machine.address });
  });

  it('504 and 2xx: the gateway has a time limit', async () => {
    fault('slow', { firstByteLimitMs: 300 });
    expect(names(await compare(engine, 'here', servers.slow ?? 0))).toEqual(['gateway_time_limit likely']);
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
    fault('cut', { outage: true });
    const comparison = await compare(engine, 'here', servers.cut ?? 0);
    expect(names(comparison)).toEqual(['public_unreachable likely']);
  });

  it('2xx and login refused: the password is of another run', async () => {
    expect(names(await compare(engine, 'wrong-password', servers.good ?? 0))).toEqual([
      'ssh_login_refused certain',
    ]);
  });

  it('2xx and no answer of SSH: blocked on this network', async () => {
    expect(names(await compare(hasty, 'blocked', servers.good ?? 0))).toEqual(['ssh_blocked likely']);
  });

  it('no answer and no answer: the network is down or the container stopped', async () => {
    expect(names(await compare(hasty, 'away', servers.silent ?? 0))).toEqual(['network_down likely']);
  });
});

describe('a connection that does not stay as it was', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await signIn(platform);
  });

  it('is away for a moment when its link is cut, and no more when it is back', async () => {
    const serviceId = `${containers.here}:${servers.links}`;
    const service = () => engine.snapshot().state.services[serviceId];
    await until('the service', service);
    await engine.handle('tunnels.open', { serviceId }, never);
    const connected = () => service()?.tunnel.state.kind === 'connected';
    await until('the tunnel', connected);
    await here.kill('sessions');
    const away = await until('the cut to be seen', () =>
      service()?.findings.find(({ code }) => code === 'tunnel_away'),
    );
    expect(noted([away])[0]?.sure).toBe('certain');
    await until('the tunnel to be back', connected);
    await until('nothing more to be said of it', () =>
      service()?.findings.every(({ code }) => code === 'open_to_anyone'),
    );
    await engine.handle('tunnels.close', { serviceId }, never);
  });

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

describe('a mapping that the run of before had', () => {
  it('is named as such, where the platform does not tell what is in effect', async () => {
    const own = await open({ queueMs: 20, sshDelayMs: 1 });
    const engine = await signIn(own, { fetch: tellsNo('ports') });
    const container = await until('the container', () => {
      const all = Object.values(engine.snapshot().state.containers);
      return all.find(({ name, status }) => name === 'vision-lab' && status.kind === 'running');
    });
    const order = { containerId: container.id, name: 'web', port: '7860' };
    expect(await engine.handle('mappings.note', order, never)).toMatchObject({ ok: true });
    const service = () => engine.snapshot().state.services[`${container.id}:7860`];
    await until('its address to answer', () => service()?.health.public.state === 'up');

    await restartWithoutPorts(own, container.id);
    const found = await until('the mapping to be missed', async () => {
      await engine.handle('containers.refresh', {}, never);
      await engine.handle('services.check', { serviceId: `${container.id}:7860` }, never);
      return service()?.findings.find(({ code }) => code === 'run_changed' || code === 'mapping_missing');
    });
    expect(found).toMatchObject({ code: 'run_changed', sure: 'likely' });
    const comparison = (await engine.handle(
      'services.compare',
      { serviceId: `${container.id}:7860` },
      never,
    )) as Result<Comparison>;
    expect(comparison.ok && names(comparison.value)).toEqual(['run_changed likely']);
  });
});

describe('what needs no route to be known', () => {
  it('is a mapping that waits for the next start, and a protocol that no mapping carries', async () => {
    const own = await open({ queueMs: 20, sshDelayMs: 1 });
    const engine = await signIn(own);
    const services = () => Object.values(engine.snapshot().state.services);
    const redis = await until('redis to be seen', () =>
      services().find(({ port, findings: found }) => port === 6379 && found.length > 0),
    );
    const order = { containerId: redis.containerId, name: 'later', port: '9000' };
    expect(await engine.handle('mappings.add', order, never)).toMatchObject({ ok: true });
    const later = await until('the mapping to wait', () =>
      services().find(({ port, findings: found }) => port === 9_000 && found.length > 0),
    );
    const said = [redis, later].map(({ findings: found }) =>
      noted(found).map(({ code, sure }) => `${code} ${sure}`),
    );
    expect(said).toEqual([['tunnel_only certain'], ['mapping_pending certain']]);
  });
});

/** As somebody does it in the console, who forgets the mappings. */
async function restartWithoutPorts(of: LocalPlatform, jobId: string): Promise<void> {
  const ask = async (mutation: string) => {
    const answer = await fetch(of.gateway, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${of.token}`,
        origin: of.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: `mutation { ${mutation} }` }),
    });
    return ((await answer.json()) as { errors?: unknown }).errors === undefined;
  };
  const job = `userId: "${of.user}", jobId: "${jobId}"`;
  await ask(`stopJob(${job}) { id }`);
  await until('the restart', () =>
    ask(
      `restartWorkspace(${job}, input: { ports: [], resource: "cpu", runtime: "pytorch-2.8-2204-cpu", dataBindings: [], useRDMADevices: false }) { id }`,
    ),
  );
}

describe.concurrent('what a wrong or strange address says', () => {
  let other: SshServer;
  beforeAll(async () => {
    other = cleanup.add(await startSshServer());
    add(platform, 'strange', other, '127.0.0.1', { strange: servers.good ?? 0 });
  });

  it.each([
    ['404 signed by the platform: the mapping is missing or renamed', 'other.localhost', 'mapping_missing'],
    ['a name that does not resolve: wrong name or domain', 'gear.invalid', 'name_unresolved'],
  ])('%s', async (_name, domain, code) => {
    const engine = await signIn(platform, { domain, fetch: tellsNo('url', 'links') });
    const comparison = await compare(engine, 'strange', servers.good ?? 0);
    expect(names(comparison)).toEqual([`${code} likely`]);
    expect(comparison.tunnel.kind).toBe('reached');
  });

  it('a certificate that is not trusted and 2xx: somebody in between, with the name of who signed it', async () => {
    const secure = await open({ https: true });
    add(secure, 'secure', other, '127.0.0.1', { good: servers.good ?? 0 });
    const engine = await signIn(secure);
    const comparison = await compare(engine, 'secure', servers.good ?? 0);
    expect(names(comparison)).toEqual(['tls_intercepted likely']);
    expect(comparison.findings.find(({ code }) => code === 'tls_intercepted')?.params).toMatchObject({
      issuer: 'gear.localhost',
    });
  });

  it('a page over HTTPS that loads files over HTTP: the app does not know its public address', async () => {
    const secure = await open({ https: true });
    const port = await http(page('<script src="http://demo-mixed.gear.localhost/app.js"></script>'));
    add(secure, 'mixed', other, '127.0.0.1', { mixed: port });
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
    expect(noted(found).map(({ code }) => code)).toEqual(['insecure_assets', 'open_to_anyone']);
    expect(facts.tls).toMatchObject({ issuer: 'gear.localhost' });
  });

  it.each([
    [9, ['certificate_expires certain']],
    [40, []],
  ])('a certificate that ends in %i days', async (days, expected) => {
    const secure = await open({ https: true, certificateDays: days });
    add(secure, 'ends', other, '127.0.0.1', { ends: servers.good ?? 0 });
    const facts = await probePublic(
      { url: `https://demo-ends.gear.localhost:${secure.edge.port}`, ca: secure.edge.ca },
      { now: Date.now, signal: never },
    );
    const found = findings({
      public: nextHealth({ state: 'unknown' }, facts),
      tunnel: { state: 'absent' },
      tunnelState: { kind: 'closed' },
      exposure: { kind: 'mapped', url: '' },
      containerRunning: true,
      isExposed: false,
      now: Date.now(),
    });
    expect(noted(found).map(({ code, sure }) => `${code} ${sure}`)).toEqual(expected);
    expect(found[0]?.params ?? { issuer: 'gear.localhost', days: days - 1 }).toEqual({
      issuer: 'gear.localhost',
      days: days - 1,
    });
  });
});

describe.concurrent('a healthy service', () => {
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

// After all others: what was added to the table and is produced by no test is seen here.
it.runIf(canIsolate())('every finding that there is was produced', () => {
  expect([...produced].sort()).toEqual([...findingCodes].sort());
});
