import { type AddressInfo, createServer, Server, type Socket } from 'node:net';

/** What a client may ask of the proxy before it is shown the door. */
export const limits = {
  /** Bytes of a head; more gets 431. Cookies of several notebooks fit, an attack does not. */
  headBytes: 32 * 1024,
  /** A head that is not whole by then gets 408. */
  headMs: 10_000,
  connections: 1_024,
  /** An idle connection is kept a little longer than browsers keep theirs idle between clicks. */
  idleMs: 65_000,
} as const;

/** `limits` are what everybody gets; tests take smaller ones. */
export type Limits = { readonly [name in keyof typeof limits]: number };

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** A port that neither family has, for whoever takes any. */
const triesForFree = 8;

/**
 * Listens on loopback, by both its addresses where the machine has both: `localhost` may mean either. `onConnection` gets
 * every connection, unread. `undefined` when the port is taken at one of them.
 */
export async function listen(
  port: number,
  onConnection: (socket: Socket) => void,
  limits: Limits,
): Promise<Listener | undefined> {
  for (let tries = port === 0 ? triesForFree : 1; tries > 0; tries -= 1) {
    const listener = await listenOnce(port, onConnection, limits);
    if (listener !== undefined) return listener;
  }
  return undefined;
}

async function listenOnce(
  wanted: number,
  onConnection: (socket: Socket) => void,
  limits: Limits,
): Promise<Listener | undefined> {
  const sockets = new Set<Socket>();
  const open = (host: string, port: number) =>
    new Promise<Server | NodeJS.ErrnoException>((resolve) => {
      const server = createServer({ allowHalfOpen: true, noDelay: true });
      server.on('connection', (socket) => {
        // One limit for both addresses.
        if (sockets.size >= limits.connections) {
          socket.destroy();
          return;
        }
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        onConnection(socket);
      });
      server.once('error', (error: NodeJS.ErrnoException) => resolve(error));
      server.listen({ port, host, exclusive: true }, () => {
        server.removeAllListeners('error');
        // What the system says later (no more descriptors) ends no listener.
        server.on('error', () => {});
        resolve(server);
      });
    });
  const first = await open('127.0.0.1', wanted);
  if (!(first instanceof Server)) return undefined;
  const { port } = first.address() as AddressInfo;
  const second = await open('::1', port);
  const servers = second instanceof Server ? [first, second] : [first];
  const close = async () => {
    const closing = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closing);
  };
  // Somebody else answers there. Any other error says that the machine has no such address.
  if (!(second instanceof Server) && second.code === 'EADDRINUSE') {
    await close();
    return undefined;
  }
  return { port, close };
}
