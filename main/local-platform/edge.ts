import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Server, type Socket } from 'node:net';
import type { Clock } from '../engine/base/effects.ts';
import type { EdgeFault, EdgeFaults } from './faults.ts';

/** Where a public host name leads: a container's port, a port where nothing listens, or nowhere. */
export type EdgeTarget =
  | { readonly kind: 'service'; readonly name: string; readonly host: string; readonly port: number }
  | { readonly kind: 'silent'; readonly name: string }
  | { readonly kind: 'unknown' };

interface EdgeOptions {
  readonly resolve: (host: string) => EdgeTarget;
  readonly faults: Pick<EdgeFaults, 'of' | 'cuts'>;
  readonly clock: Clock;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** The public edge: host names in front of containers. Streams pass as they come, nothing is kept. */
export function createEdge(options: EdgeOptions): Server {
  const scheme = options.tls === undefined ? 'http' : 'https';

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const target = options.resolve(request.headers.host ?? '');
    if (target.kind === 'unknown') {
      // As the ingress of the platform says it; no header of ours proves anything there.
      response
        .writeHead(404, { server: 'gear-edge', 'content-type': 'text/plain' })
        .end('default backend - 404');
      return;
    }
    const fault = options.faults.of(target.name);
    if (options.faults.cuts(target.name)) {
      request.socket.destroy();
      return;
    }
    if (target.kind === 'silent') {
      refuse(response, 502, 'Nothing listens on the outer address of this port.');
      return;
    }
    later(options.clock, fault.latencyMs, () =>
      forward(request, response, { target, fault, scheme, clock: options.clock }),
    );
  };

  const server = options.tls === undefined ? createHttpServer(serve) : createHttpsServer(options.tls, serve);
  server.requestTimeout = 0;
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const target = options.resolve(request.headers.host ?? '');
    const answer = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nserver: gear-edge\r\n\r\n`);
    socket.on('error', () => socket.destroy());
    if (target.kind === 'unknown') answer('404 Not Found');
    else if (options.faults.cuts(target.name)) socket.destroy();
    else if (target.kind === 'silent') answer('502 Bad Gateway');
    else {
      const fault = options.faults.of(target.name);
      if (fault.noUpgrade === true) answer('400 Bad Request');
      else
        later(options.clock, fault.latencyMs, () => {
          if (!socket.destroyed) upgrade(request, socket, head, { target, scheme });
        });
    }
  });
  return server;
}

const later = (clock: Clock, ms: number | undefined, call: () => void) =>
  ms === undefined || ms === 0 ? call() : void clock.after(ms, call);

function refuse(response: ServerResponse, status: number, why: string): void {
  response
    .writeHead(status, { server: 'gear-edge', 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><title>${status}</title><h1>${status}</h1><p>${why}</p>\n`);
}

/** Where a request goes on, and by which scheme it came. */
interface Passing {
  readonly target: Extract<EdgeTarget, { kind: 'service' }>;
  readonly scheme: string;
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, fault, scheme, clock }: Passing & { readonly fault: EdgeFault; readonly clock: Clock },
): void {
  const limitBytes = fault.bodyLimitBytes ?? Number.POSITIVE_INFINITY;
  const tooLarge = () => {
    if (response.headersSent) return;
    response.setHeader('connection', 'close');
    refuse(response, 413, 'The body is larger than the edge takes.');
    request.resume();
  };
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    tooLarge();
    return;
  }
  const upstream = httpRequest({
    host: target.host,
    port: target.port,
    method: request.method,
    path: request.url,
    headers: forwardedHeaders(request, scheme),
    agent: false,
  });
  const limit =
    fault.firstByteLimitMs === undefined
      ? undefined
      : clock.after(fault.firstByteLimitMs, () => {
          upstream.destroy();
          if (!response.headersSent) refuse(response, 504, 'The service took too long to answer.');
        });
  upstream.on('response', (answer) => {
    limit?.();
    if (response.headersSent) return;
    if (fault.buffer === true) {
      gather(answer, response);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.flushHeaders();
    answer.pipe(response);
    // A cut answer must not look like a whole one.
    answer.on('error', () => response.destroy());
    answer.on('aborted', () => response.destroy());
  });
  upstream.on('error', () => {
    limit?.();
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'Nothing listens on the outer address of this port.');
  });
  response.on('close', () => upstream.destroy());
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) return;
    request.unpipe(upstream);
    tooLarge();
    upstream.destroy();
  });
  request.pipe(upstream);
}

/** Holds an answer back until it is whole. */
function gather(answer: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.end(Buffer.concat(chunks));
  });
  answer.on('error', () => response.destroy());
  answer.on('aborted', () => response.destroy());
}

function upgrade(request: IncomingMessage, socket: Socket, head: Buffer, { target, scheme }: Passing): void {
  const upstream = connect({ host: target.host, port: target.port, noDelay: true }, () => {
    const headers = Object.entries(forwardedHeaders(request, scheme)).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => `${name}: ${one}`),
    );
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
  upstream.on('close', () => socket.destroy());
}

function forwardedHeaders(request: IncomingMessage, scheme: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = value;
  headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  headers['x-forwarded-proto'] = scheme;
  headers['x-forwarded-host'] = request.headers.host ?? '';
  return headers;
}
