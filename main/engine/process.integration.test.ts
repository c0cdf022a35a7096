import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/contract/state.ts';
import { emptyMemory } from '../../shared/model/memory.ts';
import type { Service } from '../../shared/model/service.ts';
import type { Result } from '../../shared/result.ts';
import { createCleanup, until } from '../testing/index.ts';
import type { FromEngine, ToEngine } from './host-messages.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const program = resolve(import.meta.dirname, '../../out/main/engine.js');
const door = resolve(import.meta.dirname, '../testing/faulty-engine.cjs');

type Order =
  | ToEngine
  | { readonly kind: 'throw'; readonly where: string }
  | { readonly kind: 'arm'; readonly left: number; readonly seed: number }
  | { readonly kind: 'count' };
type Said = FromEngine | { readonly kind: 'count'; readonly thrown: number; readonly left: number };

/** The built engine in a process of its own, with the embedded platform, and this test as its shell. */
async function startEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'gw-engine-'));
  cleanup.later(() => rm(folder, { recursive: true, force: true }));
  const child: ChildProcess = fork(program, {
    execArgv: ['--require', door],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  cleanup.later(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const faults: string[] = [];
  const calls = new Map<number, (result: Result<unknown>) => void>();
  let counted: (count: Extract<Said, { kind: 'count' }>) => void = () => {};
  const tell = (order: Order) => child.send(order);
  child.on('message', (said: Said) => {
    if (said.kind === 'log' && said.event === 'engine.fault') faults.push(String(said.details?.stack));
    if (said.kind === 'answer') calls.get(said.call)?.(said.result);
    if (said.kind === 'secret.read') tell({ kind: 'secret', ask: said.ask });
    if (said.kind === 'routes.find') tell({ kind: 'routes', ask: said.ask, text: 'DIRECT' });
    if (said.kind === 'count') counted(said);
  });
  let call = 0;
  async function ask<T>(name: string, input: unknown): Promise<T> {
    call += 1;
    const id = call;
    const answer = new Promise<Result<unknown>>((done) => calls.set(id, done));
    tell({ kind: 'request', call: id, name, input });
    const result = await answer;
    if (!result.ok) throw new Error(`${name}: ${result.error.code}`);
    return result.value as T;
  }
  tell({ kind: 'start', epoch: 'test', memory: emptyMemory(), folder });
  await ask('session.try', {});
  const services = async () => Object.values((await ask<Snapshot<'engine'>>('state.get', {})).state.services);
  return {
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    faults,
    tell,
    ask,
    services,
    count: () =>
      new Promise<Extract<Said, { kind: 'count' }>>((done) => {
        counted = done;
        tell({ kind: 'count' });
      }),
  };
}

/** The status of one answer, or `undefined` where the connection ended before. */
const get = (url: string): Promise<number | undefined> =>
  new Promise((done) => {
    const { hostname, port } = new URL(url);
    const asked = request({
      host: '127.0.0.1',
      port,
      headers: { host: `${hostname}:${port}` },
      agent: false,
    });
    asked.on('response', (answer) => {
      answer.on('error', () => {}).on('close', () => done(answer.statusCode));
      answer.resume();
    });
    asked.on('error', () => done(undefined));
    asked.setTimeout(2_000, () => asked.destroy());
    asked.end();
  });

const web = (services: readonly Service[]) => services.flatMap(({ local }) => local?.url ?? []);

describe('the process of the engine', () => {
  it.each(['timer', 'microtask', 'promise', 'immediate', 'nothing', 'odd'])(
    'lives on after a throw in a %s, and tells it',
    async (where) => {
      const engine = await startEngine();
      engine.tell({ kind: 'throw', where });
      await until('the fault', () => engine.faults.length === 1);
      await until('its services', async () => (await engine.services()).length > 0);
      expect(engine.isAlive()).toBe(true);
    },
  );

  it.each([1, 2])(
    'carries everything again after callbacks of sockets and HTTP threw (order %i)',
    async (seed) => {
      const engine = await startEngine();
      const urls = await until('some services to answer', async () => {
        const found = web((await engine.services()).filter(({ health }) => health.public.state === 'up'));
        return found.length > 1 && (await Promise.all(found.map(get))).every((status) => status === 200)
          ? found
          : undefined;
      });
      const all = () => Promise.all(urls.map(get));

      engine.tell({ kind: 'arm', left: 40, seed });
      await until(
        'forty throws',
        async () => {
          await all();
          return (await engine.count()).left === 0;
        },
        { deadlineMs: 60_000 },
      );
      expect((await engine.count()).thrown).toBe(40);
      expect(engine.isAlive()).toBe(true);
      await until(
        'all to answer again',
        async () => {
          const statuses = await all();
          if (statuses.every((status) => status === 200)) return true;
          throw new Error(`they answer ${statuses}`);
        },
        { deadlineMs: 60_000 },
      );
      expect(engine.faults.length).toBeGreaterThan(0);
    },
    180_000,
  );
});
