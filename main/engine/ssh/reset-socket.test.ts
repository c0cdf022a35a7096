import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, until, within } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { resetSocket } from './reset-socket.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** Both ends of a connection that may be half open. */
async function pair(): Promise<{ readonly client: Socket; readonly socket: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  cleanup.later(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  cleanup.later(() => void client.destroy());
  const [socket] = (await once(server, 'connection')) as [Socket];
  cleanup.later(() => void socket.destroy());
  socket.on('error', () => {});
  return { client, socket };
}

/** How a connection ended for the client. */
const outcome = (client: Socket) =>
  new Promise<string>((resolve) => {
    client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    client.on('end', () => resolve('end'));
    client.resume();
  });

describe('a client that is reset', () => {
  it('hears that something is missing', async () => {
    const { client, socket } = await pair();
    const heard = outcome(client);
    resetSocket(socket, systemClock);
    expect(await within('the reset', heard)).toBe('ECONNRESET');
  });

  it('is reset after its own end too', async () => {
    const { client, socket } = await pair();
    socket.resume();
    client.end();
    await once(socket, 'end');
    const heard = outcome(client);
    resetSocket(socket, systemClock);
    expect(await within('the reset', heard)).toBe('ECONNRESET');
  });

  it('that is being sent its end gets it, and the connection does not stay open', async () => {
    const { client, socket } = await pair();
    const heard = outcome(client);
    socket.end('all');
    // The system is asked for the end, and has not answered yet.
    resetSocket(socket, systemClock);
    expect(await within('the end', heard)).toBe('end');
    // Nobody takes what it says now: a handle that was forgotten would.
    client.on('error', () => {});
    await until('the connection to be closed', () => {
      if (!client.destroyed) client.write('x');
      return client.destroyed;
    });
  });
});
