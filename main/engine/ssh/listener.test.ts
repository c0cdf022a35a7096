import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, freePort } from '../../testing/index.ts';
import { listenLocally } from './listener.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

async function listen(bind: string, port = 0) {
  const listening = await listenLocally({ bind, port, onClient: serve });
  if (listening.ok) cleanup.later(() => listening.value.close());
  return listening;
}

function serve(socket: Socket) {
  socket.end('here');
  socket.destroySoon();
}

const isServed = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.on('data', (came) => resolve(String(came) === 'here'));
    socket.on('error', () => {});
    socket.on('close', () => resolve(false));
  });

describe('a local port', () => {
  it.skipIf(!hasIpv6).each(['127.0.0.1', 'localhost'])('of %s serves both families', async (bind) => {
    const listening = await listen(bind);
    if (!listening.ok) throw new Error(listening.error.code);
    const { host, port } = listening.value;
    expect(host).toBe('127.0.0.1');
    expect(await isServed('127.0.0.1', port)).toBe(true);
    expect(await isServed('::1', port)).toBe(true);
    await listening.value.close();
    expect(await isServed('::1', port)).toBe(false);
  });

  it('stands where the other family is taken', async () => {
    const other = createServer().on('error', () => {});
    const port = await freePort();
    if (hasIpv6) await once(other.listen(port, '::1'), 'listening');
    cleanup.later(() => void other.close());
    expect(await listen('127.0.0.1', port)).toMatchObject({ ok: true, value: { port } });
  });

  it('of * serves every address', async () => {
    const listening = await listen('*');
    expect(listening.ok && (await isServed('127.0.0.1', listening.value.port))).toBe(true);
  });

  it('of an address that this computer does not have is no busy port', async () => {
    expect(await listen('192.0.2.7', 8_080)).toMatchObject({
      ok: false,
      error: { code: 'local_address_absent', params: { bind: '192.0.2.7' } },
    });
  });

  it('that another program has is told with its holder', async () => {
    const first = await listen('127.0.0.1');
    if (!first.ok) throw new Error(first.error.code);
    expect(await listen('127.0.0.1', first.value.port)).toMatchObject({
      ok: false,
      error: { code: 'local_port_busy', params: { port: first.value.port, pid: process.pid } },
    });
  });
});
