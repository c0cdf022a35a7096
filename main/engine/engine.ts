import { isRequestName, requests } from '../../shared/contract/requests.ts';
import type { Change, Snapshot } from '../../shared/contract/state.ts';
import type { Memory } from '../../shared/model/memory.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Clock, Log, Random } from './base/effects.ts';
import type { SecretStore } from './base/secret.ts';
import type { ConfigFiles } from './connections/index.ts';
import { createCapabilities } from './wiring/assemble.ts';
import { createHandlers, type EngineHandlers } from './wiring/handlers.ts';

export interface EngineOptions {
  /** Names this life of the engine; revisions count within it. */
  readonly epoch: string;
  readonly memory: Memory;
  readonly remember: (memory: Memory) => void;
  readonly secrets: SecretStore;
  /** A folder of its own, absolute; the local platform keeps its state there. */
  readonly folder: string;
  readonly notify: (change: Change<'engine'>) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** The file of the `bayes` command, absolute; in the person's home where absent. */
  readonly bayesFile?: string;
  /** The person's own SSH files; in their home where absent. */
  readonly sshFiles?: ConfigFiles;
  /** Socket of an SSH agent; the system's where absent. */
  readonly sshAgent?: string;
  /** Has the machine no network? Absent: its interfaces are asked. */
  readonly offline?: () => boolean;
  /** How long an SSH server may take for key exchange and login, in ms; 20 s where absent. */
  readonly sshReadyMs?: number;
  /** What the rounds of a comparison, and its long request, may last at most, in ms; as long as usual where absent. */
  readonly mostLabMs?: number;
}

/** Everything that Gearway does, behind one door: the same for the window and for the command line. */
export interface Engine {
  /** Opens again what memory holds: the account, its tunnels, the proxy's port. */
  start(): Promise<void>;
  /** Checks the input against the contract, then answers. `bad_request` for what is not in the contract; never throws. */
  handle(name: string, input: unknown, signal: AbortSignal): Promise<Result<unknown>>;
  snapshot(): Snapshot<'engine'>;
  /** Nobody is looking: questions become rare. `false` again each time that somebody turns to the window. */
  setHidden(hidden: boolean): void;
  /** The machine woke up or its network changed: every link is asked at once. */
  nudge(): void;
  /** Ends every connection and timer, in order; within 3 s. */
  stop(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const capabilities = createCapabilities(options);
  const handlers = createHandlers(capabilities);

  return {
    start: () => capabilities.start(),
    async handle(name, input, signal) {
      if (!isRequestName(name) || !Object.hasOwn(handlers, name)) return fail('bad_request');
      const parsed = requests[name].input.safeParse(input);
      if (!parsed.success) return fail('bad_request', { detail: parsed.error.issues[0]?.message });
      const handle = handlers[name as keyof EngineHandlers] as (
        input: unknown,
        signal: AbortSignal,
      ) => Promise<Result<unknown>> | Result<unknown>;
      try {
        return await handle(parsed.data, signal);
      } catch (error) {
        options.log('error', 'engine.bug', { request: name, error: stackOf(error) });
        return fail('internal');
      }
    },
    snapshot: () => capabilities.published.snapshot(),
    setHidden: (hidden) => capabilities.setHidden(hidden),
    nudge: () => capabilities.nudge(),
    stop: () => capabilities.stop(),
  };
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
