import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineRequestName, RequestInput, RequestResult } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';
import { emptyMemory } from '../../shared/model/memory.ts';
import type { Result } from '../../shared/result.ts';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import type { KeepingSecretStore } from '../engine/base/secret.ts';
import { createSystemProxy, fetchOut, setSystemProxy } from '../engine/base/system-proxy/index.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { type EngineArguments, readEngineArguments } from './engine-options.ts';
import { type CliIo, exitStatus } from './io.ts';
import { sentence } from './sentence.ts';

/** The engine, signed in, as a command sees it. */
interface CommandEngine {
  readonly engine: Engine;
  state(): EngineState;
  ask<N extends EngineRequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>>;
  /** Settles when `ready` holds, or after `deadlineMs`, or when the person ends the command; gives what holds then. */
  until(ready: (state: EngineState) => boolean, deadlineMs: number): Promise<boolean>;
  onChange(listener: () => void): () => void;
}

/** Nothing is kept: a command that is run twice starts twice from the beginning. */
const noSecrets: KeepingSecretStore = {
  read: async () => undefined,
  write: async () => {},
  isKept: async () => false,
  forget: async () => {},
};

/** Reads the options, starts an engine, signs in, does the work, stops in order. */
export async function withEngine(
  args: readonly string[],
  io: CliIo,
  work: (command: CommandEngine, options: EngineArguments) => Promise<number>,
): Promise<number> {
  const options = readEngineArguments(args, process.env);
  if (!options.ok) {
    io.note(`gearway: ${options.error}`);
    return exitStatus.wrongUsage;
  }
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
    log: silentLog,
    fetch: fetchOut,
  });
  const stopped = new AbortController();
  const leaving = io.untilStopped().then(() => stopped.abort());
  void leaving;
  const command: CommandEngine = {
    engine,
    state: () => engine.snapshot().state,
    ask: (name, input) => engine.ask(name, input, stopped.signal),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    until: (ready, deadlineMs) =>
      new Promise((resolve) => {
        const settle = () => {
          clearTimeout(timer);
          listeners.delete(look);
          stopped.signal.removeEventListener('abort', settle);
          resolve(ready(engine.snapshot().state));
        };
        const look = () => {
          if (ready(engine.snapshot().state)) settle();
        };
        const timer = setTimeout(settle, deadlineMs);
        listeners.add(look);
        stopped.signal.addEventListener('abort', settle, { once: true });
        look();
      }),
  };
  try {
    await engine.start();
    const opened = await signIn(command, options.value);
    if (!opened.ok) {
      io.note(`gearway: ${sentence(opened.error)}`);
      return exitStatus.failed;
    }
    return await work(command, options.value);
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const signIn = (command: CommandEngine, { signIn: how }: EngineArguments): Promise<Result<unknown>> =>
  how.kind === 'demo' ? command.ask('session.try', {}) : command.ask('session.signIn', how.typed);
