import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createCleanup, until, within } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createMemory } from '../base/memory.ts';
import { createSsh, createTunnels, createWantedTunnels, type SshEndpoint } from './index.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** A server that accepts connections and says nothing. */
async function silentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.later(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, clients: () => sockets.size };
}

async function setup(
  memory: Partial<Memory> = {},
  endpoint?: (key: string) => Promise<ReturnType<typeof fail> | ReturnType<typeof ok<SshEndpoint>>>,
) {
  const server = await silentServer();
  const kept = createMemory({ ...emptyMemory(), ...memory }, () => {});
  const ssh = createSsh({
    endpoint:
      endpoint ?? (async () => ok({ host: '127.0.0.1', port: server.port, user: 'root', runId: 'r' })),
    hostKeys: kept,
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  const tunnels = createTunnels({ ssh, clock: systemClock, random: Math.random, onChange: () => {} });
  cleanup.add(ssh);
  cleanup.add(tunnels);
  const wanted = createWantedTunnels({ memory: kept, tunnels, log: silentLog });
  return { server, memory: kept, tunnels, wanted };
}

const isPending = async (work: Promise<unknown>) =>
  (await Promise.race([work, new Promise((resolve) => setImmediate(resolve, 'pending'))])) === 'pending';

describe('opening a tunnel while the SSH server lets it wait', () => {
  it('goes on until it is cancelled, and then nothing of it is left', async () => {
    const { server, memory, tunnels, wanted } = await setup();
    const life = new AbortController();
    const opening = wanted.open('c:80', undefined, life.signal);
    await until('the server to be asked', () => server.clients() === 1);
    expect(await isPending(opening)).toBe(true);
    expect(tunnels.get('c:80')?.state.kind).toBe('connecting');
    life.abort();
    expect(await within('the end', opening, 3_000)).toMatchObject({ error: { code: 'cancelled' } });
    await until('the attempt to end', () => server.clients() === 0, { deadlineMs: 3_000 });
    expect(tunnels.get('c:80')).toBeUndefined();
    expect(memory.read().tunnels).toMatchObject([{ serviceId: 'c:80', open: false }]);
  });

  it('leaves the connection to whoever else waits for it', async () => {
    const { server, tunnels, wanted } = await setup();
    const life = new AbortController();
    const first = wanted.open('c:80', undefined, life.signal);
    const second = wanted.open('c:81', undefined, new AbortController().signal);
    await until('the server to be asked', () => server.clients() === 1);
    await until('both', () => tunnels.get('c:81') !== undefined);
    life.abort();
    await first;
    expect(await isPending(second)).toBe(true);
    expect(server.clients()).toBe(1);
  });

  it('one that stood before is not closed by a second order that is cancelled', async () => {
    const { server, tunnels, wanted } = await setup();
    void wanted.open('c:80', undefined, new AbortController().signal);
    await until('the server to be asked', () => server.clients() === 1);
    const life = new AbortController();
    const again = wanted.open('c:80', undefined, life.signal);
    life.abort();
    await again;
    expect(tunnels.get('c:80')?.state.kind).toBe('connecting');
  });

  it('ends when somebody closes it', async () => {
    const { server, wanted } = await setup();
    const opening = wanted.open('c:80', undefined, new AbortController().signal);
    await until('the server to be asked', () => server.clients() === 1);
    await wanted.close('c:80');
    expect(await within('the end', opening, 3_000)).toMatchObject({ error: { code: 'cancelled' } });
    await until('the attempt to end', () => server.clients() === 0, { deadlineMs: 3_000 });
  });
});

describe('a wanted tunnel', () => {
  const never = new AbortController().signal;

  it.each([
    ['no:port:here:', 'service_not_found'],
    ['', 'service_not_found'],
  ])('of %j is none', async (id, code) => {
    const { wanted } = await setup();
    expect(await wanted.open(id, undefined, never)).toMatchObject({ ok: false, error: { code } });
  });

  it('is asked for nothing with a signal that has ended', async () => {
    const { server, memory, wanted } = await setup();
    expect(await wanted.open('c:80', undefined, AbortSignal.abort())).toMatchObject({
      error: { code: 'cancelled' },
    });
    expect(memory.read().tunnels).toEqual([]);
    expect(server.clients()).toBe(0);
  });

  it('stands where its link fails: it is tried again, and the state says why', async () => {
    const { memory, tunnels, wanted } = await setup({}, async () => fail('ssh_unreachable'));
    expect((await wanted.open('c:80', undefined, never)).ok).toBe(true);
    expect(tunnels.get('c:80')?.state).toMatchObject({ kind: 'reconnecting' });
    expect(memory.read().tunnels).toMatchObject([{ serviceId: 'c:80', open: true }]);
  });

  it('is not remembered at a port that cannot be had', async () => {
    const { server, memory, wanted } = await setup();
    expect(await wanted.open('c:80', server.port, never)).toMatchObject({
      error: { code: 'local_port_busy' },
    });
    expect(memory.read().tunnels).toEqual([]);
  });

  it('comes back with its container at its port, and not before', async () => {
    const { server, tunnels, wanted } = await setup({
      tunnels: [
        { serviceId: 'c:80', open: true },
        { serviceId: 'c:81', open: false },
        { serviceId: 'gone:80', open: true },
      ],
    });
    wanted.follow([testContainer('c', { status: { kind: 'ended', how: 'cancelled' } })]);
    expect(tunnels.get('c:80')).toBeUndefined();
    wanted.follow([testContainer('c')]);
    await until('the server to be asked', () => server.clients() === 1);
    expect(['c:80', 'c:81', 'gone:80'].map((id) => tunnels.get(id) !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['token_missing', true],
    ['token_refused', true],
    ['ssh_login_refused', false],
  ] as const)('that failed with %s is tried again with a new token: %s', async (code, isTried) => {
    let asked = 0;
    const { tunnels, wanted } = await setup({}, async () => {
      asked += 1;
      return fail(code);
    });
    await wanted.open('c:80', undefined, never);
    expect(tunnels.get('c:80')?.state.kind).toBe('failed');
    wanted.renewed();
    expect(asked).toBe(isTried ? 2 : 1);
  });
});
