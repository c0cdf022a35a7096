import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type CipherAlgorithm, type ClientChannel } from 'ssh2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCleanup, within } from '../../testing/index.ts';
import { isLean, leanPackets } from './lean-packets.ts';
import { makeKey } from './make-key.ts';
import { giveBack } from './one-use.ts';

// Node 20 has no `transfer`, and so gives nothing back; Electron does.
vi.hoisted(() => {
  Object.assign(ArrayBuffer.prototype, {
    transfer(this: ArrayBuffer) {
      return structuredClone(this, { transfer: [this] });
    },
  });
});

const cleanup = createCleanup();
afterEach(() => cleanup.run());

describe('packets that are sealed and opened with little memory', () => {
  it.each([['aes128-gcm@openssh.com'], ['aes256-gcm@openssh.com']] as const)(
    'carry every byte there and back with %s, in whatever pieces they come, over new keys too',
    async (cipher) => {
      let isReady = false;
      const passOn = (data: Buffer) => (isReady ? inPieces(data) : [data]);
      const { client, echo } = await pair({ cipher, passOn });
      isReady = true;
      expect(isLean(client)).toBe(true);
      const channel = await echo();
      const sizes = [1, 15, 16, 4_085, 4_096, 16_383, 32_757, 32_768, 32_769, 70_000];
      for (const size of sizes) {
        const said = randomBytes(size);
        expect((await answer(channel, said)).equals(said)).toBe(true);
        if (size !== 16_383) continue;
        const again = once(client, 'handshake');
        (client as unknown as { _protocol: { rekey(): void } })._protocol.rekey();
        await again;
        expect(isLean(client)).toBe(true);
      }
    },
  );

  it('are left as they are with another cipher', async () => {
    const { client, echo } = await pair({ cipher: 'aes128-ctr', passOn: (data) => [data] });
    expect(isLean(client)).toBe(false);
    const said = randomBytes(70_000);
    expect((await answer(await echo(), said)).equals(said)).toBe(true);
  });

  it('end the connection when one bit of them was changed, and tell nothing of it', async () => {
    let spoil = false;
    const { client, echo } = await pair({
      cipher: 'aes128-gcm@openssh.com',
      passOn: (data) => {
        if (spoil && data.length > 1_000) data[500] = (data[500] ?? 0) ^ 1;
        return [data];
      },
    });
    const channel = await echo();
    const heard: Buffer[] = [];
    channel.on('data', (chunk: Buffer) => heard.push(chunk));
    spoil = true;
    const ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    channel.write(randomBytes(30_000));
    await within('the end', ended, 5_000);
    expect(heard).toEqual([]);
  });
});

/** Cuts what passes at random places: packets come in halves, lengths too. */
function inPieces(data: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    const end = at + randomInt(1, 3) * (randomInt(2) === 0 ? 1 : 20_000);
    pieces.push(data.subarray(at, end));
    at = end;
  }
  return pieces;
}

/** The same bytes, sent and heard. */
async function answer(channel: Duplex, said: Buffer): Promise<Buffer> {
  const heard: Buffer[] = [];
  let length = 0;
  return within(
    `${said.length} bytes`,
    new Promise((resolve) => {
      const take = (chunk: Buffer) => {
        heard.push(Buffer.from(chunk));
        length += chunk.length;
        // As a socket does whose system took it at once.
        giveBack(chunk);
        if (length < said.length) return;
        channel.off('data', take);
        resolve(Buffer.concat(heard));
      };
      channel.on('data', take);
      channel.write(said);
    }),
    10_000,
  );
}

/** A client with little memory, a server that is ssh2's own, and what passes between them from the server's side. */
async function pair(how: {
  readonly cipher: CipherAlgorithm;
  readonly passOn: (data: Buffer) => readonly Buffer[];
}) {
  const server = new ssh2.Server({ hostKeys: [makeKey('').text.reveal()] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('tcpip', (accept) => {
      const channel = accept();
      channel.on('error', () => {});
      channel.pipe(channel);
    });
  });
  const listener = createServer((socket) => {
    cleanup.later(() => void socket.destroy());
    socket.on('error', () => {});
    const write = socket.write.bind(socket) as (data: Buffer) => boolean;
    socket.write = ((data: Buffer) =>
      how
        .passOn(Buffer.from(data))
        .map((piece) => write(piece))
        .at(-1) ?? true) as never;
    server.injectSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => void listener.close());
  const client = new ssh2.Client();
  const sock = connect({ port: (listener.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true });
  client.on('error', () => {});
  client.connect({ sock, username: 'x', algorithms: { cipher: [how.cipher] } });
  leanPackets(client);
  cleanup.later(() => void client.destroy());
  await once(client, 'ready');
  const echo = () =>
    new Promise<ClientChannel>((resolve, reject) =>
      client.forwardOut('127.0.0.1', 0, 'x', 1, (error, channel) =>
        error === undefined ? resolve(channel) : reject(error),
      ),
    );
  return { client, echo };
}
