import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Attempt, ForwardOptions } from './attempt.ts';
import { SocketExchange } from './socket-exchange.ts';
import type { UpstreamPool } from './upstream-pool.ts';

/**
 * Carries WebSockets on raw sockets. What http-proxy adds to a message (two more streams, memory that is new for each
 * read) costs half as much again as the system's own calls: `docs/decisions/2026-11-24-two-lanes-of-the-proxy.md`.
 */
export interface SocketLane {
  /** `head`: what the client sent behind its request. After a try that failed, the next one finds it in the socket. */
  open(request: IncomingMessage, client: Socket, head: Buffer, options: ForwardOptions): Promise<Attempt>;
}

export const createSocketLane = (pool: UpstreamPool): SocketLane => ({
  open: (request, client, head, options) =>
    new Promise((resolve) => {
      if (head.length > 0) client.unshift(head);
      void new SocketExchange({ pool, request, client, options, onSettled: resolve });
    }),
});
