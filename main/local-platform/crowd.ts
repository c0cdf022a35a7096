import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { drawText, type Random } from '../engine/base/effects.ts';
import type { JobRecord, PlatformState } from './state.ts';

/** One small web server that stands for the services of many containers. */
export interface CrowdServer {
  /** Listens when first asked. */
  address(): Promise<{ readonly host: string; readonly port: number }>;
  stop(): Promise<void>;
}

export function createCrowdServer(): CrowdServer {
  const clients = new Set<Socket>();
  let starting: Promise<Server> | undefined;
  const start = async () => {
    const server = createServer((request, response) => {
      const host = (request.headers.host ?? '').replace(/[^a-z0-9.:-]/gi, '');
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${host}</title><h1>${host}</h1>`);
    });
    server.on('connection', (socket) => {
      clients.add(socket);
      socket.on('close', () => clients.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };
  return {
    async address() {
      starting ??= start();
      const server = await starting;
      return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    },
    async stop() {
      const server = await starting;
      for (const client of clients) client.destroy();
      await new Promise<void>((resolve) =>
        server === undefined ? resolve() : server.close(() => resolve()),
      );
    },
  };
}

const modes = ['WORKSPACE', 'TASK', 'BATCH_WORKSPACE', 'BATCH_TASK', 'HYPER_TUNING'];
/** Most run, some have ended, some are on their way. */
const states: readonly JobRecord['status'][] = ['RUNNING', 'RUNNING', 'RUNNING', 'CANCELLED', 'SUCCEEDED'];

/** Adds `count` containers with three mapped services each; those that are there already count. */
export function addCrowd(
  state: PlatformState,
  count: number,
  { random, now }: { readonly random: Random; readonly now: number },
): void {
  const before = state.jobs.filter((job) => job.crowd === true).length;
  for (let index = before; index < count; index += 1) {
    const number = String(index + 1).padStart(3, '0');
    const project = { id: drawText(random, 11), name: `crowd-${number}` };
    const status = states[index % states.length] ?? 'RUNNING';
    const createdAt = new Date(now - (index + 10) * 60_000).toISOString();
    state.projects.push(project);
    state.jobs.push({
      id: drawText(random, 12),
      projectId: project.id,
      mode: modes[index % modes.length] ?? 'WORKSPACE',
      status,
      createdAt,
      startedAt: status === 'RUNNING' ? createdAt : undefined,
      resource: 'cpu',
      runtime: 'pytorch-2.8-2204-cpu',
      ports: [
        { name: `web-${number}`, port: 7860 },
        { name: `api-${number}`, port: 8000 },
        { name: `board-${number}`, port: 8501 },
      ],
      crowd: true,
    });
  }
}
