import type { EngineRequestName, Handlers } from '../../../shared/contract/requests.ts';

/** An answer for each request of the contract that the engine takes. */
export type EngineHandlers = Handlers<EngineRequestName, AbortSignal>;

/** Those of one capability, whose names begin with these words. */
export type HandlersOf<Prefix extends string> = Pick<
  EngineHandlers,
  Extract<EngineRequestName, `${Prefix}.${string}`>
>;
