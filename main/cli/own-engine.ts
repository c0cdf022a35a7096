import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyMemory } from '../../shared/model/memory.ts';
import { type Log, silentLog, systemClock } from '../engine/base/effects.ts';
import type { KeepingSecretStore } from '../engine/base/secret.ts';
import { createSystemProxy, fetchOut, setSystemProxy } from '../engine/base/system-proxy/index.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineHandle } from './engine-handle.ts';

/** Nothing is kept: a command that is run twice starts twice from the beginning. */
const noSecrets: KeepingSecretStore = {
  read: async () => undefined,
  write: async () => {},
  isKept: async () => false,
  forget: async () => {},
};

/** An engine for one command, in this process; its folder goes with it. */
export async function startOwnEngine(
  log: Log = silentLog,
): Promise<EngineHandle & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gearway-'));
  const listeners = new Set<() => void>();
  setSystemProxy(createSystemProxy({ environment: process.env, now: Date.now }));
  const engine = createEngine({
    epoch: randomUUID(),
    memory: emptyMemory(),
    remember: () => {},
    secrets: noSecrets,
    folder,
    notify: () => {
      for (const listener of [...listeners]) listener();
    },
    clock: systemClock,
    random: Math.random,
    log,
    fetch: fetchOut,
  });
  await engine.start();
  return {
    state: () => engine.snapshot().state,
    ask: engine.ask,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
