import type { EngineRequestName, RequestInput, RequestResult } from '../../shared/contract/requests.ts';
import type { EngineState } from '../../shared/contract/state.ts';

/** What runs somewhere: here, or in the window's application. */
export interface EngineHandle {
  state(): EngineState;
  ask<N extends EngineRequestName>(
    name: N,
    input: RequestInput<N>,
    signal: AbortSignal,
  ): Promise<RequestResult<N>>;
  onChange(listener: () => void): () => void;
}
