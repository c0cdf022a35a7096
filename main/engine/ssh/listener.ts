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

/**
 * Listens on one address; with `127.0.0.1` or `localhost` on `::1` of the same port too, where this computer has it, as
 * `ssh -L` does: browsers and others take `localhost` for either. `*` is every address of both families.
 * `local_port_busy` {port, free, program, pid}: as far as they are known; `local_port_forbidden` {port};
 * `local_address_absent` {bind}.
 */
export async function listenLocally(options: {
  readonly bind: string;
  readonly port: number;
  readonly onClient: (socket: Socket) => void;
}): Promise<Result<Listener>> {
  const { bind, onClient } = options;
  if (bind === '*') {
    const both = await listenOn('::', options.port, onClient);
    // No second family here.
    return both.ok || both.error.code !== 'local_address_absent'
      ? both
      : listenOn('0.0.0.0', options.port, onClient);
  }
  const isLoopback = bind === '127.0.0.1' || bind === 'localhost';
  const first = await listenOn(isLoopback ? '127.0.0.1' : bind, options.port, onClient);
  if (!first.ok || !isLoopback) return first;
  const { host, port, close } = first.value;
  const second = await listenOn('::1', port, onClient, false);
  if (!second.ok) return first;
  return ok({ host, port, close: () => Promise.all([close(), second.value.close()]).then(() => {}) });
}

function listenOn(
  bind: string,
  port: number,
  onClient: (socket: Socket) => void,
  explain = true,
): Promise<Result<Listener>> {
  return new Promise((resolve) => {
    const server = createServer(
      // Half-open: a client that has sent everything still waits for the answer.
      { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
      (socket) => onClient(readingShared(socket)),
    );
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const params = { port };
      if (!explain) resolve(fail('local_port_busy', { params }));
      else if (code === 'EADDRINUSE') resolve(busy(bind, port));
      else if (code === 'EACCES') resolve(fail('local_port_forbidden', { params }));
      else resolve(fail('local_address_absent', { params: { bind }, detail: code }));
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
