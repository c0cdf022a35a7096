import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import ssh2, { type Client, type Connection } from 'ssh2';
import type { Cleanup } from '../../../testing/index.ts';
import { makeKey } from '../make-key.ts';

/** An SSH server of this process on a free port of loopback; `onConnection` says what it does beside letting everybody in. */
export async function startTestServer(
  cleanup: Cleanup,
  onConnection: (connection: Connection) => void,
): Promise<{ readonly host: string; readonly port: number }> {
  const server = new ssh2.Server({ hostKeys: [makeKey('').text.reveal()] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    onConnection(connection);
  });
  const listener = createServer((socket) => {
    cleanup.later(() => void socket.destroy());
    socket.on('error', () => {});
    server.injectSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanup.later(() => void listener.close());
  return { host: '127.0.0.1', port: (listener.address() as AddressInfo).port };
}

/** A client that is logged in to such a server. */
export async function connectTestClient(
  cleanup: Cleanup,
  onConnection: (connection: Connection) => void,
): Promise<Client> {
  const { host, port } = await startTestServer(cleanup, onConnection);
  const client = new ssh2.Client();
  client.connect({ sock: connect(port, host), username: 'x' }).on('error', () => {});
  cleanup.later(() => void client.destroy());
  await once(client, 'ready');
  return client;
}

/** Sends any packet of SSH as the server: its type, then what follows. */
export function sendRaw(
  connection: Connection,
  type: number,
  ...parts: readonly (number | string | Buffer)[]
): void {
  const { _protocol: protocol } = connection as unknown as {
    readonly _protocol: {
      readonly _packetRW: {
        readonly write: {
          readonly allocStart: number;
          alloc(length: number): Buffer;
          finalize(packet: Buffer): Buffer;
        };
      };
      readonly _cipher: { encrypt(packet: Buffer): void };
    };
  };
  const body = Buffer.concat([Buffer.from([type]), ...parts.map(encoded)]);
  const { write } = protocol._packetRW;
  // `allocStart` is for this packet only after it was allotted.
  const packet = write.alloc(body.length);
  packet.set(body, write.allocStart);
  protocol._cipher.encrypt(write.finalize(packet));
}

/** A number of four bytes, a text with its length, or bytes as they are (RFC 4251 §5). */
function encoded(part: number | string | Buffer): Buffer {
  if (Buffer.isBuffer(part)) return part;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(typeof part === 'number' ? part : Buffer.byteLength(part));
  return typeof part === 'number' ? head : Buffer.concat([head, Buffer.from(part)]);
}
