import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import type { RouteHealth } from '../../../../shared/model/service.ts';
import { until } from '../../../testing/index.ts';
import { silentLog, systemClock } from '../../base/effects.ts';
import { createProxy } from '../proxy.ts';
import type { BundledProxy, ProxiedService, ProxyEvents } from '../types.ts';

/** Servers and clients for the proxy's own tests: everything on real sockets and port 0. */
const cleanUp: (() => Promise<unknown> | unknown)[] = [];

/** Call in `afterEach`: closes what the test opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
}
export const onClose = (undo: () => Promise<unknown> | unknown): void => void cleanUp.push(undo);

const facts = { at: 0, steps: [], totalMs: 1 };
export const up: RouteHealth = { state: 'up', verifiedAt: 0, facts, recentMs: [] };
export const absent: RouteHealth = { state: 'absent' };
export const down: RouteHealth = {
  state: 'down',
  since: 0,
  error: { code: 'tcp_timeout', params: { host: 'h', port: 1 } },
  facts,
  recentMs: [],
};

export async function origin(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer);
  return { server, port: await listening(server) };
}

/** A server that says exactly what a test wants said. */
export async function tcpOrigin(
  answer: (socket: Socket) => void,
  host = '127.0.0.1',
): Promise<{ port: number }> {
  const server = createTcpServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    answer(socket);
  });
  return { port: await listening(server, host) };
}

async function listening(
  server: Server | ReturnType<typeof createTcpServer>,
  host = '127.0.0.1',
): Promise<number> {
  const clients = new Set<Socket>();
  server.on('connection', (socket: Socket) => clients.add(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onClose(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const client of clients) client.destroy();
      }),
  );
  return (server.address() as AddressInfo).port;
}

export async function startProxy(
  services: readonly Partial<ProxiedService>[],
  events: ProxyEvents & Pick<Parameters<typeof createProxy>[0], 'limits'> = {},
): Promise<{
  readonly proxy: BundledProxy;
  readonly port: number;
  readonly failures: readonly string[];
  readonly set: (services: readonly Partial<ProxiedService>[]) => void;
}> {
  const failures: string[] = [];
  const proxy = createProxy({
    clock: systemClock,
    log: silentLog,
    onRouteFailure: (id, route, error) => failures.push(`${id} ${route} ${error.code}`),
    ...events,
  });
  onClose(() => proxy.stop());
  const started = await proxy.start(0);
  if (!started.ok) throw new Error(started.error.code);
  const set = (list: readonly Partial<ProxiedService>[]) => proxy.set(list.map(serviceOf));
  set(services);
  return { proxy, port: started.value.port, failures, set };
}

const serviceOf = (service: Partial<ProxiedService>): ProxiedService => ({
  id: 'a',
  name: 'web',
  choice: 'auto',
  ...service,
  health: service.health ?? {
    public: service.public === undefined ? absent : up,
    tunnel: service.tunnel === undefined ? absent : up,
  },
});

export const at = (port: number) => ({ host: '127.0.0.1', port });

export interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export const ask = (
  port: number,
  options: {
    method?: string;
    host?: string;
    path?: string;
    headers?: Record<string, string | string[]>;
    body?: string | Buffer;
  } = {},
) =>
  new Promise<Heard>((resolve, reject) => {
    const asked = request(
      {
        ...at(port),
        method: options.method ?? 'GET',
        path: options.path ?? '/',
        headers: { host: options.host ?? `web.localhost:${port}`, ...options.headers },
        agent: false,
      },
      (response) => {
        let body = '';
        response.on('data', (part) => {
          body += part;
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(options.body);
  });

/** A connection on which a test says every byte itself. */
interface RawClient {
  readonly socket: Socket;
  send(text: string | Buffer): void;
  /** Waits until everything heard so far fits, and returns it. */
  until(pattern: RegExp): Promise<string>;
  /** Waits until what was heard so far is enough. */
  when(isEnough: (heard: string) => boolean, what: string): Promise<string>;
  /** Everything that was heard when the far side closed. */
  closed(): Promise<string>;
}

export async function raw(port: number, host = '127.0.0.1'): Promise<RawClient> {
  const socket = connect({ host, port, noDelay: true });
  onClose(() => socket.destroy());
  let heard = '';
  let isClosed = false;
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('data', (part) => {
    heard += part.toString('latin1');
    tell();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    tell();
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const wait = (isDone: () => boolean, what: string) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Waited for ${what}, heard ${JSON.stringify(heard)}`))),
        8_000,
      );
      const settle = (call: () => void) => {
        clearTimeout(timer);
        waiting.delete(look);
        call();
      };
      const look = () => {
        if (isDone()) settle(() => resolve(heard));
        else if (isClosed) settle(() => reject(new Error(`Closed before ${what}: ${JSON.stringify(heard)}`)));
      };
      waiting.add(look);
      look();
    });
  return {
    socket,
    send: (text) => void socket.write(text),
    until: (pattern) => wait(() => pattern.test(heard), String(pattern)),
    when: (isEnough, what) => wait(() => isEnough(heard), what),
    closed: () => wait(() => isClosed, 'the end'),
  };
}

/** Waits for a condition, no longer than a test may take. */
export const eventually = (isSo: () => boolean, what: string): Promise<boolean> =>
  until(what, isSo, { deadlineMs: 8_000, everyMs: 5 });
