import { assertNever } from '../../shared/assert-never.ts';
import { type Ask, askOver, type Take } from '../../shared/contract/asking.ts';
import type { EngineRequestName } from '../../shared/contract/requests.ts';
import type { Change } from '../../shared/contract/state.ts';
import type { Memory } from '../../shared/model/memory.ts';
import type { EngineLife } from '../../shared/model/settings.ts';
import { fail, type Result } from '../../shared/result.ts';
import { type FromEngine, fellOver, type ToEngine } from '../engine/host-messages.ts';

/** The engine's process as this module needs it; Electron's `UtilityProcess` fits. */
export interface EngineProcess {
  postMessage(message: ToEngine): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface EngineHost {
  /** Asks the engine; while it is not there the answer is `engine_restarting`. */
  readonly ask: Ask<EngineRequestName, AbortSignal>;
  /** The same for what came over a wire: the engine checks it. */
  readonly request: Take<AbortSignal>;
  send(message: Extract<ToEngine, { kind: 'hidden' | 'nudge' }>): void;
  /**
   * Stops the process in order, calls `between` while none is there, and starts another one with what memory holds
   * then; nothing that the old one says after this call is remembered. Settles when the old one has ended.
   */
  replace(between: () => void): Promise<void>;
  /** Stops the process in order: asks, waits 3 s, ends it. Always settles. */
  stop(): Promise<void>;
}

interface EngineHostOptions {
  readonly fork: () => EngineProcess;
  readonly folder: string;
  readonly memory: { read(): Memory; write(memory: Memory): void };
  readonly secrets: {
    read(id: string): string | undefined;
    write(id: string, text: string, keep?: 'session'): void;
    isKept(id: string): boolean;
    forget(id: string): void;
  };
  /** The desktop's ways to an address (`session.resolveProxy`). */
  readonly findRoutes: (url: string) => Promise<string>;
  readonly onChange: (change: Change<'engine'>) => void;
  readonly onLife: (life: EngineLife) => void;
  /** Twice in a row it fell over at its start: what memory holds is not to be given to the next one. */
  readonly onFallen?: () => void;
  readonly log: (message: Extract<FromEngine, { kind: 'log' }>) => void;
  /** It ended although nobody asked it to. */
  readonly onDeath?: (code: number) => void;
  readonly now: () => number;
  /** Begins the first life when it is right to; at once where absent. Requests that come before wait for it. */
  readonly whenToBegin?: (begin: () => void) => void;
}

/**
 * A first death is answered at once; an engine that dies again and again gets a
 * growing pause, so that a machine with a broken disk is not kept busy by us.
 */
export const restartPauseMs = (deathsInARow: number): number =>
  Math.min(50 * 4 ** (deathsInARow - 1), 15_000);

/** A life longer than this was a good one: the next death counts as a first. */
const goodLifeMs = 30_000;
const stopDeadlineMs = 3_000;

/** Keeps one engine process alive, and gives back to a new one what the old one knew. */
export function hostEngine(options: EngineHostOptions): EngineHost {
  let child: EngineProcess | undefined;
  let life: EngineLife = { kind: 'starting', restarts: 0 };
  let stopping = false;
  let replacing: (() => void) | undefined;
  let deathsInARow = 0;
  let falls = 0;
  let bornAt = 0;
  let nextCall = 0;
  let retry: NodeJS.Timeout | undefined;
  /** Requests under way, and those that came while no engine was there to take them. */
  const calls = new Map<number, (result: Result<unknown>) => void>();
  let queue: ToEngine[] = [];
  /** Each new engine is told: it would ask as often as if somebody looked. */
  let hidden = false;

  const become = (next: EngineLife) => {
    life = next;
    options.onLife(next);
  };

  const hear = (message: FromEngine, from: EngineProcess) => {
    if (from !== child) return;
    switch (message.kind) {
      case 'started': {
        become(
          life.restarts === 0
            ? { kind: 'running', restarts: 0 }
            : { kind: 'running', restarts: life.restarts, restartedAt: options.now() },
        );
        if (hidden) from.postMessage({ kind: 'hidden', hidden });
        for (const waiting of queue.splice(0)) from.postMessage(waiting);
        return;
      }
      case 'answer':
        calls.get(message.call)?.(message.result);
        return;
      case 'change':
        options.onChange(message.change);
        return;
      case 'remember':
        if (replacing === undefined) options.memory.write(message.memory);
        return;
      case 'secret.read':
        from.postMessage({
          kind: 'secret',
          ask: message.ask,
          text: options.secrets.read(message.id),
          kept: options.secrets.isKept(message.id),
        });
        return;
      case 'routes.find':
        void options
          .findRoutes(message.url)
          .catch(() => '')
          .then((text) => from.postMessage({ kind: 'routes', ask: message.ask, text }));
        return;
      case 'secret.write':
        options.secrets.write(message.id, message.text, message.keep);
        return;
      case 'secret.forget':
        options.secrets.forget(message.id);
        return;
      case 'log':
        options.log(message);
        return;
      case 'stopped':
        return;
      default:
        assertNever(message, 'message from the engine');
    }
  };

  const start = () => {
    if (stopping || child !== undefined) return;
    const started = options.fork();
    child = started;
    bornAt = options.now();
    started.on('message', (message) => hear(message, started));
    started.once('exit', (code) => died(started, code));
    started.postMessage({
      kind: 'start',
      epoch: `${bornAt}-${life.restarts}`,
      memory: options.memory.read(),
      folder: options.folder,
    });
  };

  const died = (which: EngineProcess, code: number) => {
    if (which !== child) return;
    if (!stopping && replacing === undefined) options.onDeath?.(code);
    child = undefined;
    queue = [];
    // What was under way may or may not have happened: nobody knows, and the caller is told so.
    for (const [, answer] of [...calls]) answer(fail('engine_restarting'));
    if (stopping) {
      become({ kind: 'stopped', restarts: life.restarts });
      return;
    }
    // An end that we asked for is none of its deaths.
    if (replacing === undefined) deathsInARow = options.now() - bornAt > goodLifeMs ? 1 : deathsInARow + 1;
    falls = code === fellOver && options.now() - bornAt <= goodLifeMs ? falls + 1 : 0;
    if (falls === 2) options.onFallen?.();
    replacing?.();
    replacing = undefined;
    become({ kind: 'restarting', restarts: life.restarts + 1, since: options.now() });
    retry = setTimeout(start, restartPauseMs(Math.max(deathsInARow, 1)));
  };

  const deliver = (message: ToEngine) => {
    if (life.kind === 'running') child?.postMessage(message);
    else queue.push(message);
  };

  const request: Take<AbortSignal> = (name, input, signal) => {
    if (stopping || signal.aborted) return Promise.resolve(fail('cancelled'));
    const call = nextCall++;
    return new Promise((resolve) => {
      const cancel = () => {
        deliver({ kind: 'cancel', call });
        settle(fail('cancelled'));
      };
      const settle = (result: Result<unknown>) => {
        calls.delete(call);
        signal.removeEventListener('abort', cancel);
        resolve(result);
      };
      calls.set(call, settle);
      signal.addEventListener('abort', cancel, { once: true });
      deliver({ kind: 'request', call, name, input });
    });
  };

  if (options.whenToBegin === undefined) start();
  else options.whenToBegin(start);

  return {
    request,
    ask: askOver(request),
    send(message) {
      if (message.kind === 'hidden') hidden = message.hidden;
      if (message.kind !== 'hidden' || life.kind === 'running') deliver(message);
    },
    async replace(between) {
      const last = child;
      if (stopping) return;
      if (last === undefined) return between();
      replacing = between;
      await end(last);
    },
    async stop() {
      stopping = true;
      clearTimeout(retry);
      if (child !== undefined) await end(child);
    },
  };
}

/** Asks the process to end, waits 3 s, ends it. */
function end(which: EngineProcess): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => which.kill(), stopDeadlineMs);
    which.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    which.postMessage({ kind: 'stop' });
  });
}
