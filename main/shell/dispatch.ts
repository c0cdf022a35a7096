import { type Ask, askOver } from '../../shared/contract/asking.ts';
import { createDispatcher } from '../../shared/contract/dispatcher.ts';
import type { Handlers, RequestName, ShellRequestName } from '../../shared/contract/requests.ts';
import type { Result } from '../../shared/result.ts';
import type { Consent } from './consent.ts';
import type { EngineHost } from './engine-host.ts';

/** Answers requests of the contract, whoever asks: the window through its door, a menu, the tray. Never throws. */
export interface Dispatch {
  readonly ask: Ask<RequestName, AbortSignal>;
  /** The same for what came over a wire. `bad_request` for an input that is not in the contract. */
  take(name: RequestName, input: unknown, signal: AbortSignal): Promise<Result<unknown>>;
}

/** The shell's own requests are parsed here, the engine's in the engine. */
export function createDispatch(options: {
  readonly engine: Pick<EngineHost, 'request'>;
  readonly handlers: Handlers<ShellRequestName, AbortSignal>;
  /** Called for each question, gives what hears its answer. What is asked may hold a secret and is for looking at only. */
  readonly onAsked: (name: RequestName, input: unknown) => (result: Result<unknown>) => void;
  /** Asks the person about what the window alone may not do. */
  readonly consent: Consent;
  /** An exception: a bug is logged and answered as `internal`. */
  readonly onBug: (name: string, error: unknown) => void;
}): Dispatch {
  const own = createDispatcher(options.handlers, options.onBug);
  async function take(name: RequestName, input: unknown, signal: AbortSignal) {
    const hear = options.onAsked(name, input);
    const carry = own.isOwn(name) ? own.take : options.engine.request;
    const result = await options.consent.pass(name, input, (agreed) => carry(name, agreed, signal));
    hear(result);
    return result;
  }
  return { take, ask: askOver(take) };
}
