import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { emptyMemory } from '../../shared/model/memory.ts';
import type { EngineLife } from '../../shared/model/settings.ts';
import type { FromEngine, ToEngine } from '../engine/host-messages.ts';
import { type EngineProcess, hostEngine, restartPauseMs } from './engine-host.ts';

/** An engine process whose messages the test reads and writes by hand. */
class HandProcess extends EventEmitter implements EngineProcess {
  readonly heard: ToEngine[] = [];
  postMessage(message: ToEngine): void {
    this.heard.push(message);
    if (message.kind === 'stop') this.emit('exit', 0);
  }
  say(message: FromEngine): void {
    this.emit('message', message);
  }
  fall(): void {
    this.emit('exit', 70);
  }
  kill(): boolean {
    this.emit('exit', 9);
    return true;
  }
}

function setup() {
  const born: HandProcess[] = [];
  const lives: EngineLife[] = [];
  let memory = emptyMemory();
  const secrets = new Map<string, string>();
  let fallen = 0;
  const host = hostEngine({
    fork: () => {
      const child = new HandProcess();
      born.push(child);
      return child;
    },
    folder: '/nowhere',
    memory: {
      read: () => memory,
      write: (next) => {
        memory = next;
      },
    },
    secrets: {
      isKept: () => true,
      read: (id) => secrets.get(id),
      write: (id, text) => secrets.set(id, text),
      forget: (id) => secrets.delete(id),
    },
    findRoutes: async (url) => `PROXY for.${new URL(url).host}:3128`,
    onFallen: () => {
      fallen += 1;
    },
    onChange: () => {},
    onLife: (life) => lives.push(life),
    log: () => {},
    now: () => 1_000,
  });
  const latest = () => {
    const child = born.at(-1);
    if (child === undefined) throw new Error('No engine was started');
    return child;
  };
  return { host, born, lives, secrets, latest, fallen: () => fallen };
}

describe('the engine host', () => {
  it('tells each new engine that nobody is looking', async () => {
    const { host, born, latest } = setup();
    latest().say({ kind: 'started' });
    host.send({ kind: 'hidden', hidden: true });
    latest().kill();
    await vi.waitFor(() => expect(born).toHaveLength(2));
    latest().say({ kind: 'started' });
    expect(latest().heard).toContainEqual({ kind: 'hidden', hidden: true });
  });

  it('keeps requests until the engine has started, then delivers them in order', async () => {
    const { host, latest } = setup();
    const first = host.request('state.get', {}, new AbortController().signal);
    expect(latest().heard.map((message) => message.kind)).toEqual(['start']);
    latest().say({ kind: 'started' });
    expect(latest().heard.map((message) => message.kind)).toEqual(['start', 'request']);
    latest().say({ kind: 'answer', call: 0, result: { ok: true, value: 7 } });
    expect(await first).toEqual({ ok: true, value: 7 });
  });

  it('starts another engine with what the dead one knew, and says that it did', async () => {
    const { host, born, lives, latest } = setup();
    latest().say({ kind: 'started' });
    const memory = { ...emptyMemory(), proxyPort: 7700 };
    latest().say({ kind: 'remember', memory });
    const lost = host.request('session.try', {}, new AbortController().signal);
    latest().kill();
    expect(await lost).toEqual({ ok: false, error: { code: 'engine_restarting' } });
    await vi.waitFor(() => expect(born).toHaveLength(2));
    expect(latest().heard[0]).toMatchObject({ kind: 'start', memory });
    latest().say({ kind: 'started' });
    expect(lives.map((life) => life.kind)).toEqual(['running', 'restarting', 'running']);
    expect(lives.at(-1)).toEqual({ kind: 'running', restarts: 1, restartedAt: 1_000 });
  });

  it.each([
    ['falls over twice', ['fall', 'fall'], 1],
    ['falls over once', ['fall'], 0],
    ['is killed, however often', ['kill', 'kill', 'kill'], 0],
    ['falls over, is killed, falls over', ['fall', 'kill', 'fall'], 0],
    ['falls over again and again', ['fall', 'fall', 'fall'], 1],
  ] as const)('an engine that %s at its start', async (_what, ends, times) => {
    const { born, latest, fallen } = setup();
    for (const [index, end] of ends.entries()) {
      latest()[end]();
      await vi.waitFor(() => expect(born).toHaveLength(index + 2), 20_000);
    }
    expect(fallen()).toBe(times);
  });

  it('tells the engine when a request is cancelled', async () => {
    const { host, latest } = setup();
    latest().say({ kind: 'started' });
    const controller = new AbortController();
    const asked = host.request('services.compare', { serviceId: 'a:1' }, controller.signal);
    controller.abort();
    expect(await asked).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(latest().heard.at(-1)).toEqual({ kind: 'cancel', call: 0 });
  });

  it('answers the engine from the keychain', () => {
    const { latest, secrets } = setup();
    latest().say({ kind: 'secret.write', id: 'a', text: 't' });
    latest().say({ kind: 'secret.read', ask: 3, id: 'a' });
    expect(latest().heard.at(-1)).toEqual({ kind: 'secret', ask: 3, text: 't', kept: true });
    latest().say({ kind: 'secret.forget', id: 'a' });
    expect(secrets.size).toBe(0);
  });

  it('starts another engine with a memory that was put in its place', async () => {
    const { host, born, lives, latest } = setup();
    latest().say({ kind: 'started' });
    const old = latest();
    await host.replace(() => {
      old.say({ kind: 'remember', memory: { ...emptyMemory(), proxyPort: 1 } });
    });
    await vi.waitFor(() => expect(born).toHaveLength(2));
    expect(latest().heard[0]).toMatchObject({ kind: 'start', memory: emptyMemory() });
    latest().say({ kind: 'started' });
    expect(lives.at(-1)).toMatchObject({ kind: 'running', restarts: 1 });
  });

  it('does not start an engine again after it was stopped', async () => {
    const { host, born, lives, latest } = setup();
    latest().say({ kind: 'started' });
    await host.stop();
    expect(born).toHaveLength(1);
    expect(lives.at(-1)).toEqual({ kind: 'stopped', restarts: 0 });
  });

  it.each([
    [1, 50],
    [2, 200],
    [3, 800],
    [4, 3_200],
    [9, 15_000],
  ])('waits before the restart after %i deaths in a row: %i ms', (deaths, pause) => {
    expect(restartPauseMs(deaths)).toBe(pause);
  });
});
