import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import httpProxy from 'http-proxy';
import { createAgents } from './agents.ts';
import { answerHeaders, type Upstream, upstreamHeaders } from './headers.ts';

/** How one try went. After `answered` or `broken` the client has heard something, and nothing may be tried again. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number }
  /** Nothing reached the client. `unsent`: the connection was never made, so that the service cannot have run it. */
  | { readonly kind: 'failed'; readonly error: Error; readonly unsent: boolean }
  /** The edge answered in place of a service that does not listen. */
  | { readonly kind: 'refusedByEdge'; readonly status: number }
  | { readonly kind: 'gone' };

export interface ForwardOptions {
  readonly upstream: Upstream;
  readonly ca?: string;
  readonly localOrigin: string;
  /** Another route could still be tried: an edge's 502 is then not handed on. */
  readonly mayGoElsewhere: boolean;
}

/** Carries requests to one upstream at a time. Streams pass as they come. */
export interface Forwarder {
  web(request: IncomingMessage, response: ServerResponse, options: ForwardOptions): Promise<Attempt>;
  socket(request: IncomingMessage, socket: Socket, head: Buffer, options: ForwardOptions): Promise<Attempt>;
  close(): void;
}

/** A model may think for minutes before its first byte; a connection that is not even made says so sooner. */
const firstByteMs = 600_000;
const connectMs = 8_000;

export function createForwarder(): Forwarder {
  const agents = createAgents();
  const proxy = httpProxy.createProxyServer({});
  const tries = new WeakMap<object, (answer: IncomingMessage) => void>();
  proxy.on('proxyRes', (answer, _request, response) => tries.get(response)?.(answer));
  // Every try has its own callback; an error without one belongs to a client that left.
  proxy.on('error', () => {});

  return {
    web: (request, response, options) =>
      new Promise((resolve) => {
        const { upstream } = options;
        response.once('close', () => resolve({ kind: 'gone' }));
        tries.set(response, (answer) => {
          const status = answer.statusCode ?? 502;
          if (options.mayGoElsewhere && upstream.route === 'public' && (status === 502 || status === 503)) {
            answer.destroy();
            resolve({ kind: 'refusedByEdge', status });
            return;
          }
          response.writeHead(
            status,
            answer.statusMessage,
            answerHeaders(answer.rawHeaders, upstream, options.localOrigin),
          );
          // An event stream may stay silent for long after its head.
          response.flushHeaders();
          answer.pipe(response);
          // What is cut above must be cut below: a clean end would make half a download look whole.
          answer.once('aborted', () => response.destroy());
          answer.once('error', () => response.destroy());
          resolve({ kind: 'answered', status });
        });
        proxy.web(
          request,
          response,
          {
            target: upstream.origin,
            selfHandleResponse: true,
            // A body cannot be sent twice: such a request takes a fresh connection, never one that may just have died.
            agent: agents.for(upstream.origin, options.ca, !hasBody(request)),
            headers: upstreamHeaders(request.headers, upstream),
            proxyTimeout: firstByteMs,
            connectTimeout: connectMs,
            ca: options.ca,
          },
          (error) => {
            if (response.headersSent) response.destroy();
            resolve({ kind: 'failed', error, unsent: isUnsent(error) });
          },
        );
      }),
    socket: (request, socket, head, { upstream, ca }) =>
      new Promise((resolve) => {
        socket.once('close', () => resolve({ kind: 'gone' }));
        socket.setNoDelay(true);
        proxy.ws(
          request,
          socket,
          head,
          {
            target: upstream.origin,
            headers: upstreamHeaders(request.headers, upstream),
            agent: agents.for(upstream.origin, ca, false),
            ca,
          },
          (error) => {
            resolve({ kind: 'failed', error, unsent: isUnsent(error) });
            socket.destroy();
          },
        );
      }),
    close() {
      agents.close();
      proxy.removeAllListeners();
    },
  };
}

export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const isUnsent = (error: Error): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNTIMEDOUT'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
