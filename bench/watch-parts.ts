import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { silentLog, systemClock } from '../main/engine/base/effects.ts';
import { createEngine } from '../main/engine/engine.ts';
import { type LocalPlatform, startLocalPlatform } from '../main/local-platform/index.ts';
import { emptyMemory } from '../shared/model/memory.ts';

/** How the engine under measurement finds the platform. */
export interface WatchedPlatform {
  readonly origin: string;
  readonly domain: string;
  readonly token: string;
}

const perContainer = 3;

/** A platform in a process of its own: so many services behind its edge, three in a container, all running. */
export async function servePlatform([services = '0']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-bench-platform-'));
  const first = await openPlatform(folder, Math.ceil(Number(services) / perContainer));
  await first.stop();
  await startAll(folder);
  const { origin, edge, token, stop } = await openPlatform(folder);
  const ready: WatchedPlatform = {
    origin,
    domain: `${edge.scheme}://${edge.domain}:${edge.port}`,
    token,
  };
  console.log(JSON.stringify(ready));
  process.once(
    'SIGTERM',
    () =>
      void stop()
        .then(() => rm(folder, { recursive: true, force: true }))
        .then(() => process.exit(0)),
  );
}

async function openPlatform(stateFolder: string, containers?: number): Promise<LocalPlatform> {
  const started = await startLocalPlatform({
    stateFolder,
    containers,
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  if (!started.ok) throw new Error(started.error.code);
  return started.value;
}

/** Of many containers a platform shows some that ended: here all of them run, and nothing else is there. */
async function startAll(folder: string): Promise<void> {
  const [name = ''] = await readdir(folder);
  const file = join(folder, name);
  const state = JSON.parse(await readFile(file, 'utf8')) as {
    jobs: { readonly crowd?: boolean; readonly createdAt: string }[];
  };
  state.jobs = state.jobs.flatMap((job) =>
    job.crowd === true ? [{ ...job, status: 'RUNNING', startedAt: job.createdAt }] : [],
  );
  await writeFile(file, JSON.stringify(state));
}

/** What the engine says once every service was seen to be up. */
export interface WatchReady {
  readonly up: number;
}

/** The engine alone, signed in, as the shell starts it; what it publishes is packed as a message to the shell is. */
export async function serveEngine([
  services = '0',
  origin = '',
  domain = '',
  token = '',
]: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-bench-engine-'));
  const engine = createEngine({
    epoch: 'bench',
    memory: emptyMemory(),
    remember: (memory) => void serialize(memory),
    secrets: {
      read: async () => undefined,
      write: async () => {},
      isKept: async () => false,
      forget: async () => {},
    },
    folder,
    notify: (change) => void serialize(change),
    clock: systemClock,
    random: Math.random,
    log: silentLog,
    fetch,
  });
  await engine.start();
  const opened = await engine.handle(
    'session.signIn',
    { instance: 'private', origin, domain, token },
    new AbortController().signal,
  );
  if (!opened.ok) throw new Error(opened.error.code);
  for (let up = 0; up < Number(services); ) {
    await pause(1_000);
    up = Object.values(engine.snapshot().state.services).filter(
      ({ health }) => health.public.state === 'up',
    ).length;
  }
  console.log(JSON.stringify({ up: Number(services) } satisfies WatchReady));
  process.once(
    'SIGTERM',
    () =>
      void engine
        .stop()
        .then(() => rm(folder, { recursive: true, force: true }))
        .then(() => process.exit(0)),
  );
}
