import { createServer, type Server, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** A local port that stays open whatever happens behind it. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** `local_port_busy`, `local_port_forbidden` {port}. */
export function listenLocally(options: {
  readonly bind: string;
  readonly port: number;
  readonly onClient: (socket: Socket) => void;
}): Promise<Result<Listener>> {
  const { bind, port } = options;
  return new Promise((resolve) => {
    const server = createServer(
      // Half-open: a client that has sent everything still waits for the answer.
      { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
      options.onClient,
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const params = { port };
      if (error.code === 'EADDRINUSE') resolve(fail('local_port_busy', { params }));
      else if (error.code === 'EACCES') resolve(fail('local_port_forbidden', { params }));
      else resolve(fail('local_port_busy', { params, detail: error.code }));
    });
    server.listen({ host: bind, port, exclusive: true }, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      server.on('error', () => {});
      resolve(ok({ host: bind, port: actual, close: () => closed(server) }));
    });
  });
}

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
