import type { AddressInfo, Server, Socket } from 'node:net';
import { notes } from './samples/notes.ts';
import { openAi } from './samples/openai.ts';
import { redis } from './samples/redis.ts';
import { webApp } from './samples/web-app.ts';

/** A port inside a container and where its service really listens. */
export interface VirtualPort {
  readonly port: number;
  readonly bind: 'any' | 'loopback';
  readonly process: string;
  readonly pid?: number;
  readonly real: { readonly host: string; readonly port: number };
}

/** Opens a port in a container that runs; `undefined` where it is taken. */
export interface OpenPorts {
  open(sample: Sample): Promise<{ stop(): Promise<void> } | undefined>;
}

export interface Sample {
  readonly port: number;
  readonly pid?: number;
  readonly bind: VirtualPort['bind'];
  readonly process: string;
  readonly create: () => Server;
}

/** What runs in a container of this name. */
function samplesOf(container: string, mode: string): readonly Sample[] {
  if (mode !== 'WORKSPACE') return [];
  const web: Sample = {
    port: 7860,
    bind: 'any',
    process: 'python3',
    create: () => webApp(container === 'vision-lab' ? 'Vision Lab' : container),
  };
  if (container !== 'vision-lab') return [web];
  return [
    web,
    { port: 8080, bind: 'any', process: 'llm-server', create: () => openAi() },
    { port: 6379, bind: 'any', process: 'redis-server', create: redis },
    { port: 7861, bind: 'loopback', process: 'notes', create: notes },
  ];
}

/** Starts a container's services, each on a free port of this machine's loopback. */
export async function startSamples(
  container: string,
  mode: string,
): Promise<OpenPorts & { readonly ports: readonly VirtualPort[]; stop(): Promise<void> }> {
  /** Who holds this list sees a port come and go. */
  const ports: VirtualPort[] = [];
  const running = new Set<{ stop(): Promise<void> }>();

  async function open({ create, ...sample }: Sample) {
    if (ports.some(({ port }) => port === sample.port)) return undefined;
    const server = await listen(create());
    const port: VirtualPort = { ...sample, real: { host: '127.0.0.1', port: server.port } };
    ports.push(port);
    ports.sort((a, b) => a.port - b.port);
    const opened = {
      async stop() {
        running.delete(opened);
        const at = ports.indexOf(port);
        if (at >= 0) ports.splice(at, 1);
        await server.stop();
      },
    };
    running.add(opened);
    return opened;
  }

  await Promise.all(samplesOf(container, mode).map(open));
  return {
    ports,
    open,
    async stop() {
      await Promise.all([...running].map((one) => one.stop()));
    },
  };
}

async function listen(server: Server): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const clients = new Set<Socket>();
  server.on('connection', (socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}
