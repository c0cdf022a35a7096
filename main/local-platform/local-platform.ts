import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import type { Mapping } from '../../shared/model/container.ts';
import type { Instance } from '../../shared/model/instance.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Clock, drawText, type Log, type Random, type Stop } from '../engine/base/effects.ts';
import { createKeptFile } from '../engine/base/kept-file.ts';
import { type ApiFaults, createApiFaults } from './api-faults.ts';
import { createApiServer } from './api-server.ts';
import { findJob } from './api-views.ts';
import { makeCertificate } from './certificate.ts';
import { serveConsole } from './console-page.ts';
import { addCrowd, createCrowdServer } from './crowd.ts';
import { createEdge } from './edge.ts';
import { resolveEdge } from './edge-names.ts';
import { createFaults, type EdgeFault, type EdgeFaults } from './faults.ts';
import { createFleet } from './fleet.ts';
import { createLogStreams } from './log-streams.ts';
import { createPlatformFolder } from './platform-folder.ts';
import { createResolvers } from './resolvers.ts';
import { sameText } from './same-text.ts';
import { seedState } from './seed.ts';
import { type PlatformState, stateSchema } from './state.ts';
import { lockStateFolder } from './state-lock.ts';
import { createObjectStore } from './store/object-store.ts';
import { createStoreDoor } from './store/serve-store.ts';

export interface LocalPlatformOptions {
  /** Keeps containers, keys, token and ports from one start to the next; without it nothing is kept. */
  readonly stateFolder?: string;
  /** 0 or absent: the last one where it is free, else any. */
  readonly port?: number;
  readonly edgePort?: number;
  /** The edge speaks HTTPS with a certificate of its own. */
  readonly https?: boolean;
  /** The API too. */
  readonly apiHttps?: boolean;
  /** For so many days that certificate holds; a year where absent. */
  readonly certificateDays?: number;
  readonly domain?: string;
  /** What goes wrong at the edge from the beginning, by the name of a mapping; `*` for all. */
  readonly faults?: Readonly<Record<string, EdgeFault>>;
  /** So many containers beside the usual ones, with three services each, in every mode and state. */
  readonly containers?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** From queued to running, in milliseconds. */
  readonly queueMs?: number;
  /** From running to an SSH server that answers, in milliseconds. */
  readonly sshDelayMs?: number;
}

interface OutsideContainer {
  readonly name: string;
  readonly sshHost: string;
  readonly sshPort: number;
  readonly sshUser: string;
  readonly password?: string;
  /** Where the edge finds the machine's ports. */
  readonly address: string;
  readonly mappings: readonly Mapping[];
}

export interface LocalPlatform {
  readonly origin: string;
  readonly gateway: string;
  readonly edge: Instance['edge'] & { readonly port: number; readonly ca?: string };
  /** PEM of the authority that signed the API's certificate, where it speaks HTTPS. */
  readonly ca?: string | undefined;
  readonly user: string;
  readonly token: string;
  readonly password: string;
  readonly faults: EdgeFaults;
  /** What goes wrong at the API on demand: slow, silent, broken or refusing answers. */
  readonly apiFaults: ApiFaults;
  /** Was the real name verified? Without it the platform maps no port. */
  setVerified(verified: boolean): void;
  /** How many containers may run on a resource at once. */
  setLimit(resource: string, limit: number): void;
  /** Ends the token that is in use and gives the next one. */
  expireToken(): string;
  /** Takes a machine outside as a running container; gives its id. */
  addOutside(container: OutsideContainer): string;
  stop(): Promise<void>;
}

const usual = { domain: 'gear.localhost', queueMs: 1_500, sshDelayMs: 400 } as const;
/** Several changes in a row are written once. */
const writeAfterMs = 200;

/** A platform in one process, on loopback. Fails with `local_port_busy` {port} when a port that was asked for is taken, `state_folder_busy` and `state_folder_unwritable` {folder}. */
export async function startLocalPlatform(options: LocalPlatformOptions): Promise<Result<LocalPlatform>> {
  const { clock, random, log, stateFolder } = options;
  const lock = stateFolder === undefined ? undefined : lockStateFolder(stateFolder);
  if (lock?.ok === false) return lock;
  const file =
    stateFolder === undefined
      ? undefined
      : createKeptFile({
          path: join(stateFolder, 'platform.json'),
          parse: (value) => stateSchema.parse(value),
          log,
        });
  const state: PlatformState = (await file?.read()) ?? seedState(random, clock.now());
  if (options.containers !== undefined) addCrowd(state, options.containers, { random, now: clock.now() });
  const domain = options.domain ?? usual.domain;
  const certificate =
    options.https === true || options.apiHttps === true
      ? await makeCertificate(domain, options.certificateDays)
      : undefined;
  const tls = options.https === true ? certificate : undefined;
  const apiTls = options.apiHttps === true ? certificate : undefined;
  const folder = createPlatformFolder(stateFolder);
  const store = createObjectStore(() => folder.of('store'));
  const door = createStoreDoor({ store, random });
  const logs = createLogStreams({ find: (id) => findJob(state, id), random });
  const scheme = tls === undefined ? 'http' : 'https';

  let cancelWrite: Stop | undefined;
  const write = async () => {
    cancelWrite = undefined;
    await file?.write(state);
  };
  const changed = () => {
    cancelWrite ??= clock.after(writeAfterMs, () => void write());
  };

  const crowd = createCrowdServer();
  const fleet = createFleet({
    state,
    crowd,
    changed,
    folder,
    onLine: (job, line) => logs.tell(job.id, line),
    onEnd: (job) => logs.end(job.id),
    clock,
    random,
    log,
    queueMs: options.queueMs ?? usual.queueMs,
    sshDelayMs: options.sshDelayMs ?? usual.sshDelayMs,
  });
  const faults = createFaults(options.faults);
  const apiFaults = createApiFaults();
  const expired = new Set<string>();
  let instance: Instance | undefined;
  const api = createApiServer({
    token: () => state.token,
    faults,
    apiFaults,
    clock,
    tls: apiTls,
    beside: (request, response) => door.serve(request, response) || serveConsole(request, response, state),
    caller(authorization) {
      if (sameText(authorization, `Bearer ${state.token}`)) return { token: 'valid' };
      return { token: expired.has(authorization.replace(/^Bearer /, '')) ? 'expired' : 'none' };
    },
    resolvers: createResolvers({
      state,
      fleet,
      changed,
      clock,
      random,
      instance: () => instance,
      store,
      door,
      folder,
      logAddress: (id) => `${(instance?.origin ?? '').replace(/^http/, 'ws')}${logs.path(id)}`,
    }),
  });
  logs.serve(api);
  const edge = createEdge({
    resolve: (host) =>
      instance === undefined ? { kind: 'unknown' } : resolveEdge(host, { state, fleet, instance }),
    faults,
    clock,
    tls,
  });

  const apiServer = await listen(api, options.port, state.port);
  if (!apiServer.ok) {
    lock?.value.release();
    return apiServer;
  }
  const edgeServer = await listen(edge, options.edgePort, state.edgePort);
  if (!edgeServer.ok) {
    await apiServer.value.stop();
    lock?.value.release();
    return edgeServer;
  }
  state.port = apiServer.value.port;
  state.edgePort = edgeServer.value.port;
  const origin = `${apiTls === undefined ? 'http' : 'https'}://127.0.0.1:${state.port}`;
  const address = { scheme, domain, port: state.edgePort } as const;
  instance = { kind: 'local', name: 'Gearway', origin, edge: address };
  await fleet.resume();
  changed();

  return ok({
    origin,
    gateway: `${origin}/gateway`,
    edge: { ...address, ca: tls?.cert },
    ca: apiTls?.cert,
    user: state.user,
    token: state.token,
    password: state.password,
    faults,
    apiFaults,
    setVerified(verified) {
      state.verified = verified;
      changed();
    },
    setLimit(resource, limit) {
      state.limits[resource] = limit;
      changed();
    },
    expireToken() {
      expired.add(state.token);
      state.token = drawText(random, 40);
      changed();
      return state.token;
    },
    addOutside(container) {
      const project = { id: drawText(random, 11), name: container.name };
      const id = drawText(random, 12);
      const now = new Date(clock.now()).toISOString();
      state.projects.push(project);
      state.jobs.push({
        id,
        projectId: project.id,
        mode: 'WORKSPACE',
        status: 'RUNNING',
        createdAt: now,
        startedAt: now,
        resource: 'cpu',
        runtime: 'pytorch-2.8-2204-cpu',
        ports: [...container.mappings],
        run: { password: container.password ?? '', hostKey: '', sshPort: container.sshPort },
        outside: {
          sshHost: container.sshHost,
          sshPort: container.sshPort,
          sshUser: container.sshUser,
          address: container.address,
        },
      });
      void fleet.resume();
      return id;
    },
    async stop() {
      logs.stop();
      await Promise.all([apiServer.value.stop(), edgeServer.value.stop()]);
      await fleet.stop();
      await crowd.stop();
      cancelWrite?.();
      await write();
      await folder.stop();
      lock?.value.release();
    },
  });
}

/** A port that was asked for must be free; one that is only remembered gives way. */
async function listen(
  server: Server,
  asked: number | undefined,
  remembered: number | undefined,
): Promise<Result<{ readonly port: number; stop(): Promise<void> }>> {
  const wanted = asked === 0 ? undefined : asked;
  const tries = wanted === undefined ? [remembered ?? 0, 0] : [wanted];
  const clients = new Set<Socket>();
  server.on('connection', (socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
  });
  for (const port of tries) {
    const done = await new Promise<boolean>((resolve) => {
      const failed = () => resolve(false);
      server.once('error', failed);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', failed);
        resolve(true);
      });
    });
    if (!done) continue;
    return ok({
      port: (server.address() as AddressInfo).port,
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          for (const client of clients) client.destroy();
        }),
    });
  }
  return fail('local_port_busy', { params: { port: wanted ?? 0 } });
}
