import { createServer, type Server, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { portHolder } from './port-holder.ts';
import { readingShared } from './shared-reads.ts';

/** A local port that stays open whatever happens behind it. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** `local_port_busy` {port, free, program, pid}: as far as they are known; `local_port_forbidden` {port}. */
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
      (socket) => options.onClient(readingShared(socket)),
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const params = { port };
      if (error.code === 'EADDRINUSE') resolve(busy(bind, port));
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

/** Whose port it is, where the system tells, and the next one that is free. Nothing is ever ended for a port. */
async function busy(bind: string, port: number): Promise<Result<never>> {
  const [holder, free] = await Promise.all([portHolder(port), nextFreePort(bind, port)]);
  return fail('local_port_busy', {
    params: {
      port,
      ...(free === undefined ? {} : { free }),
      ...(holder === undefined ? {} : { program: holder.program, pid: holder.pid }),
    },
  });
}

/** Looks a few ports ahead; another program may take it before the person has read the number. */
async function nextFreePort(bind: string, port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + 20, 65_535); next += 1) {
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer().once('error', () => resolve(false));
      server.listen({ host: bind, port: next, exclusive: true }, () => server.close(() => resolve(true)));
    });
    if (isFree) return next;
  }
  return undefined;
}

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
