import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { drawText, type Random } from '../engine/base/effects.ts';
import { isEnded } from './check-ports.ts';
import type { JobRecord } from './state.ts';

/** Logs of running jobs, line by line over a WebSocket, at addresses that nobody can guess. */
export interface LogStreams {
  path(jobId: string): string;
  tell(jobId: string, line: string): void;
  end(jobId: string): void;
  /** Takes the upgrades of a server. */
  serve(server: Server): void;
  stop(): void;
}

export function createLogStreams(options: {
  readonly find: (id: string) => JobRecord | undefined;
  readonly random: Random;
}): LogStreams {
  const door = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
  const word = drawText(options.random, 32);
  const readers = new Map<string, Set<WebSocket>>();
  return {
    path: (id) => `/logs/${id}?word=${word}`,
    tell(id, line) {
      for (const reader of readers.get(id) ?? []) reader.send(line);
    },
    end(id) {
      for (const reader of readers.get(id) ?? []) reader.close();
      readers.delete(id);
    },
    serve(server) {
      server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
        socket.on('error', () => socket.destroy());
        const url = new URL(request.url ?? '/', 'http://local');
        const id = /^\/logs\/([a-z0-9]{12})$/.exec(url.pathname)?.[1];
        const job = id === undefined ? undefined : options.find(id);
        if (job === undefined || url.searchParams.get('word') !== word) {
          socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
          return;
        }
        door.handleUpgrade(request, socket, head, (reader) => {
          reader.on('error', () => reader.terminate());
          if (isEnded(job)) {
            reader.close();
            return;
          }
          const all = readers.get(job.id) ?? new Set();
          readers.set(job.id, all.add(reader));
          reader.on('close', () => all.delete(reader));
        });
      });
    },
    stop() {
      for (const all of readers.values()) for (const reader of all) reader.terminate();
      door.close();
    },
  };
}
