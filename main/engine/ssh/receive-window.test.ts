import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Duplex, Writable } from 'node:stream';
import type { ClientChannel, ServerChannel } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { fail } from '../../../shared/result.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { systemClock } from '../base/effects.ts';
import { pump } from './pump.ts';
import {
  createSharing,
  createWindowBudget,
  firstWindow,
  openWindow,
  type WindowBudget,
} from './receive-window.ts';
import { connectTestClient } from './testing/server.ts';
import type { Link } from './types.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** A path that holds so much, and what may be held for slow readers beyond the first window. */
const path = (bytes: number, extra?: number) => ({
  windows: createWindowBudget(extra),
  meter: { open: () => bytes, stalled() {} },
  sharing: createSharing(() => 0),
});

describe('the receive window', () => {
  it('is counted by ssh2 as this module takes for granted', () => {
    const channel = createRequire(import.meta.url)('ssh2/lib/Channel.js') as Record<string, unknown>;
    expect(channel.MAX_WINDOW).toBe(firstWindow);
    expect(channel.WINDOW_THRESHOLD).toBe(firstWindow / 2);
    expect(channel.windowAdjust).toBeTypeOf('function');
  });

  it('stops a sender whose reader takes nothing, after 2 MiB', async () => {
    const { near, far, sent } = await channels();
    openWindow(near, path(firstWindow, 0));
    send(far);
    await until('the sender to stop', () => windowOf(far) === 0);
    expect(sent()).toBe(firstWindow);
  });

  it('is credited with what the reader has taken and nothing more', async () => {
    const { near, far, sent } = await channels();
    const window = openWindow(near, path(8 * firstWindow, 0));
    send(far);
    const taken = await take(near, window, 8 * firstWindow);
    // The last credits may still be on their way.
    await until('the sender to stop', () => windowOf(far) === 0 && sent() >= taken + (firstWindow * 7) / 8);
    expect(sent()).toBeLessThanOrEqual(taken + firstWindow);
  });

  it('grows over a long path while the reader keeps up, and no further than the budget', async () => {
    const { near, far, sent } = await channels();
    const windows = createWindowBudget(3 * firstWindow);
    const window = openWindow(near, { ...path(8 * firstWindow), windows });
    send(far);
    const taken = await take(near, window, 16 * firstWindow);
    await until('the sender to stop', () => windowOf(far) === 0 && sent() - taken > 3 * firstWindow);
    expect(sent() - taken).toBeLessThanOrEqual(4 * firstWindow);
    expect(windows.take(firstWindow)).toBe(false);
    window.close();
    expect(windows.take(3 * firstWindow)).toBe(true);
  });

  it('stays as it was on a short path, however quick the reader is', async () => {
    const { near, far, sent } = await channels();
    const window = openWindow(near, path(firstWindow));
    send(far);
    const taken = await take(near, window, 16 * firstWindow);
    await until('the sender to stop', () => windowOf(far) === 0);
    expect(sent() - taken).toBeLessThanOrEqual(firstWindow);
  });
});

describe('a server that sends more than it was allowed', () => {
  it.each(['data', 'stderr'] as const)(
    'loses the channel, and no more than the window was held (%s)',
    async (stream) => {
      const { near, far } = await channels();
      const errors: Error[] = [];
      near.on('error', (error: Error) => errors.push(error));
      openWindow(near, path(firstWindow, 0));
      (far as unknown as { outgoing: { window: number } }).outgoing.window = 1e12;
      flood(stream === 'data' ? far : far.stderr);
      await until('the end of the channel', () => errors.length > 0);
      expect(errors.map(({ message }) => message)).toEqual(['The server sent more than it was allowed.']);
      expect(near.readableLength + near.stderr.readableLength).toBeLessThanOrEqual(firstWindow + 32 * 1024);
    },
  );
});

describe('a pump whose client reads nothing', () => {
  it('holds one window of the channel and no more than two packets of the socket', async () => {
    const { near, far } = await channels();
    const { inner } = await socketPair();
    const windows = createWindowBudget();
    pump(inner, near, linkOf(windows), { clock: systemClock, up() {}, down() {}, ended() {} });
    send(far);
    await until('the sender to stop', () => windowOf(far) === 0 && near.readableLength > firstWindow / 2);
    expect(near.readableLength).toBeLessThanOrEqual(firstWindow);
    expect(inner.writableLength).toBeLessThanOrEqual(2 * 32 * 1024);
    expect(windows.take(32 * 1024 * 1024)).toBe(true);
  });
});

describe('a pump whose client keeps up', () => {
  it('lets the window grow on a long path', async () => {
    const { near, far } = await channels();
    const { inner, outer } = await socketPair();
    const windows = createWindowBudget();
    outer.resume();
    pump(
      inner,
      near,
      { ...linkOf(windows), ...path(40 * 1024 * 1024), windows },
      { clock: systemClock, up() {}, down() {}, ended() {} },
    );
    send(far);
    const whole = 32 * 1024 * 1024;
    await until('the window to grow', () => {
      const isFree = windows.take(whole);
      if (isFree) windows.give(whole);
      return !isFree;
    });
  });
});

describe('those who share a path', () => {
  it('have equal parts where they want more, and those who want little take nothing from them', () => {
    let now = 0;
    const sharing = createSharing(() => now);
    const [a, b, small] = [{}, {}, {}];
    const all = () => [sharing.note(a, 1e6, 900), sharing.note(small, 100, 900), sharing.note(b, 1e6, 900)];
    all();
    now = 400;
    all();
    expect(all()).toEqual([450, 450, 450]);
    sharing.leave(b);
    now = 800;
    sharing.note(a, 1e6, 900);
    now = 1_200;
    expect(sharing.note(a, 1e6, 900)).toBe(900);
  });
});

/** A link over a short path. */
const linkOf = (windows: WindowBudget): Link => ({
  endpoint: { host: '127.0.0.1', port: 22, user: 'x', runId: 'run' },
  isAlive: () => true,
  windows,
  meter: { open: () => firstWindow, stalled() {} },
  sharing: createSharing(() => 0),
  roundTripMs: () => 2,
  noteRoundTrip() {},
  listenFar: async () => fail('ssh_forward_refused'),
  onLost: () => () => {},
});

/** A local client that is connected and reads nothing, and the socket that serves it. */
async function socketPair(): Promise<{ readonly inner: Socket; readonly outer: Socket }> {
  const listener = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => void listener.close());
  const outer = connect((listener.address() as AddressInfo).port, '127.0.0.1').pause();
  outer.on('error', () => {});
  const [inner] = (await once(listener, 'connection')) as [Socket];
  cleanup.later(() => {
    outer.destroy();
    inner.destroy();
  });
  return { inner, outer };
}

/** Reads at least `bytes` and then nothing more; gives how many it were. */
function take(near: Duplex, window: ReturnType<typeof openWindow>, bytes: number): Promise<number> {
  let taken = 0;
  return new Promise((resolve) => {
    near.on('data', (chunk: Buffer) => {
      taken += chunk.length;
      window.consumed(chunk.length);
      if (taken < bytes) return;
      near.removeAllListeners('data');
      near.pause();
      resolve(taken);
    });
  });
}

const windowOf = (channel: ServerChannel): number =>
  (channel as unknown as { readonly outgoing: { readonly window: number } }).outgoing.window;

/** Writes without end, no quicker than the window allows. */
function send(far: ServerChannel) {
  const chunk = Buffer.alloc(32 * 1024);
  const more = () => {
    if (!far.destroyed) far.write(chunk, more);
  };
  more();
}

/** Writes twice the first window, whatever is allowed. */
function flood(far: Writable, left = 2 * firstWindow) {
  if (left <= 0 || far.destroyed) return;
  far.write(Buffer.alloc(32 * 1024));
  setImmediate(() => flood(far, left - 32 * 1024));
}

/** Both ends of one channel over real sockets. */
async function channels() {
  const accepted: ServerChannel[] = [];
  let written = 0;
  const client = await connectTestClient(cleanup, (connection) => {
    connection.on('tcpip', (accept) => {
      const channel = accept();
      const { _protocol } = (channel as unknown as { _client: { _protocol: Sender } })._client;
      const original = _protocol.channelData.bind(_protocol);
      _protocol.channelData = (id, data) => {
        written += data.length;
        original(id, data);
      };
      channel.on('error', () => {});
      accepted.push(channel);
    });
  });
  const near = await new Promise<ClientChannel>((resolve, reject) =>
    client.forwardOut('127.0.0.1', 0, 'x', 1, (error, channel) =>
      error === undefined ? resolve(channel) : reject(error),
    ),
  );
  const far = await until('the far end', () => accepted[0]);
  return { near, far, sent: () => written };
}

interface Sender {
  channelData(id: number, data: Buffer): void;
}
