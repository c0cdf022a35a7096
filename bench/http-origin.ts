import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface OriginPort {
  readonly port: number;
}

/** What is still under way at the service, asked with `GET /open`. */
export interface OriginState {
  readonly requests: number;
  readonly sockets: number;
}

const block = Buffer.alloc(256 * 1024, 'x');

/** A service in a process of its own: bytes, a sink, tokens with the time at which they left, an echo. */
export async function serveHttp(): Promise<void> {
  let requests = 0;
  let sockets = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://origin');
    if (url.pathname === '/open') {
      response.end(JSON.stringify({ requests, sockets } satisfies OriginState));
      return;
    }
    requests += 1;
    response.on('close', () => {
      requests -= 1;
    });
    const count = Number(url.searchParams.get('n') ?? 0);
    switch (url.pathname) {
      case '/bytes': {
        response.writeHead(200, { 'content-length': count });
        let left = count;
        const more = () => {
          while (left > 0) {
            const part = left >= block.length ? block : block.subarray(0, left);
            left -= part.length;
            if (!response.write(part)) {
              response.once('drain', more);
              return;
            }
          }
          response.end();
        };
        more();
        return;
      }
      case '/sink':
        request.resume().on('end', () => response.end('done'));
        return;
      case '/tokens': {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        let sent = 0;
        const timer = setInterval(() => {
          sent += 1;
          response.write(`data: ${process.hrtime.bigint()}\n\n`);
          if (sent === count) response.end();
          if (sent >= count) clearInterval(timer);
        }, 10);
        response.on('close', () => clearInterval(timer));
        return;
      }
      case '/begun':
        response.write('begun');
        return;
      case '/hang':
        return;
      default:
        response.end('hello\n');
    }
  });
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  server.on('connection', (socket) => {
    sockets += 1;
    socket.on('close', () => {
      sockets -= 1;
    });
  });
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port } satisfies OriginPort));
  process.stdin.on('end', () => process.exit(0)).resume();
}
