import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a client may ask of the proxy before it is shown the door. */
export const limits = {
  /** Bytes of a head; more gets 431. Cookies of several notebooks fit, an attack does not. */
  headBytes: 32 * 1024,
  headersCount: 200,
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

export interface ListenerHandlers {
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  readonly onUpgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
  /**
   * Gets every connection first, unread. `take` gives it to Node's HTTP server, with what was read and put back.
   */
  readonly onConnection: (socket: Socket, take: (socket: Socket) => void) => void;
}

/** Listens on loopback; `undefined` when the port is taken. */
export async function listen(
  port: number,
  handlers: ListenerHandlers,
  limits: Limits,
): Promise<Listener | undefined> {
  const server = createServer({
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    // Streams live as long as they like; a request that does not finish its head does not.
    requestTimeout: 0,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(2_000, limits.headMs),
    noDelay: true,
  });
  server.maxHeadersCount = limits.headersCount;
  server.maxConnections = limits.connections;
  const sockets = new Set<Socket>();
  const [serve] = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    handlers.onConnection(socket, (taken) => serve?.call(server, taken));
  });
  server.on('request', handlers.onRequest);
  server.on('checkContinue', handlers.onRequest);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      // Another protocol is only offered, never demanded (RFC 9110 §7.8): the request is served as it is without.
      socket.unshift(Buffer.concat([headWithoutUpgrade(request), head]));
      serve?.call(server, socket);
      return;
    }
    socket.on('error', () => socket.destroy());
    handlers.onUpgrade(request, socket, head);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
  if (!listening) return undefined;
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function headWithoutUpgrade(request: IncomingMessage): Buffer {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (!/^(?:upgrade|connection|http2-settings)$/i.test(name))
      lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
