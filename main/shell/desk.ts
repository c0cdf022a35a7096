import {
  type Handlers,
  type RequestName,
  requests,
  type ShellRequestName,
} from '../../shared/contract/requests.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { EngineHost } from './engine-host.ts';

/** Answers requests of the contract, whoever asks: the window through its door, a menu, the tray. */
export interface Desk {
  /** `bad_request` for an input that is not in the contract. Never throws: a bug is logged and answered as `internal`. */
  ask(name: RequestName, input: unknown, signal?: AbortSignal): Promise<Result<unknown>>;
}

/** The shell's own requests are parsed here, the engine's in the engine. */
export function createDesk(options: {
  readonly engine: Pick<EngineHost, 'request'>;
  readonly handlers: Handlers<ShellRequestName, AbortSignal>;
  /** Called for each question, gives what hears its answer. What is asked may hold a secret and is for looking at only. */
  readonly onAsked: (name: RequestName, input: unknown) => (result: Result<unknown>) => void;
  readonly onBug: (name: string, error: unknown) => void;
}): Desk {
  async function answer(name: RequestName, input: unknown, signal: AbortSignal): Promise<Result<unknown>> {
    try {
      if (requests[name].where === 'engine') return await options.engine.request(name, input, signal);
      const parsed = requests[name].input.safeParse(input);
      if (!parsed.success) return fail('bad_request', { detail: parsed.error.issues[0]?.message });
      const handle = options.handlers[name as ShellRequestName] as (
        input: unknown,
        signal: AbortSignal,
      ) => Promise<Result<unknown>> | Result<unknown>;
      return await handle(parsed.data, signal);
    } catch (error) {
      options.onBug(name, error);
      return fail('internal');
    }
  }
  return {
    async ask(name, input, signal = new AbortController().signal) {
      const hear = options.onAsked(name, input);
      const result = await answer(name, input, signal);
      hear(result);
      return result;
    },
  };
}
