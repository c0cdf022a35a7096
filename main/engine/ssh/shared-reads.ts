import { Socket, type TcpSocketConnectOpts } from 'node:net';

/** Four packets and more in one read; whatever was read is dealt with before anything else is. */
const shared = Buffer.allocUnsafeSlow(256 * 1024);

/**
 * Reads of all sockets go into one buffer, where Node would ask for 64 KiB of fresh memory before each (in Electron, more
 * costly than the read itself). `tell` gets the buffer itself while `mayShare` says that nobody keeps it, and a copy
 * otherwise. The socket must be paused until somebody listens: nothing is held back for who comes late.
 */
export const sharedReads = (
  mayShare: () => boolean,
  tell: (data: Buffer) => void,
): Pick<TcpSocketConnectOpts, 'onread'> => ({
  onread: {
    buffer: shared,
    callback(count) {
      const data = shared.subarray(0, count);
      tell(mayShare() ? data : Buffer.from(data));
      return true;
    },
  },
});

/** Sockets whose listener keeps nothing of what it hears. */
const sharing = new WeakSet<Socket>();

/** From now on `data` of a socket that `readingShared` gave is the shared buffer: it must be copied before it is kept. */
export const takeShared = (socket: Socket): void => void sharing.add(socket);

/** What Node's own server hands over (`lib/net.js`, `onconnection`). */
interface Accepted {
  _handle: unknown;
  _server: unknown;
}

/**
 * The same client of a server with `pauseOnConnect`, whose reads go into the shared buffer; the socket that was accepted
 * is an empty shell afterwards. Node offers the buffer only to sockets that connect.
 */
export function readingShared(accepted: Socket): Socket {
  const shell = accepted as unknown as Accepted;
  if (shell._handle == null) return accepted;
  const socket: Socket = new Socket({
    ...sharedReads(
      () => sharing.has(socket),
      (data) => socket.emit('data', data),
    ),
    handle: shell._handle,
    allowHalfOpen: true,
    pauseOnCreate: true,
  } as ConstructorParameters<typeof Socket>[0]);
  (socket as unknown as Accepted)._server = shell._server;
  shell._server = null;
  shell._handle = null;
  return socket;
}
