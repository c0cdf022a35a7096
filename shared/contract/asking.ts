import { fail, type Result } from '../result.ts';
import type { RequestInput, RequestName, RequestResult } from './requests.ts';

/** Asks by a name of the contract: the input has its type, the answer too. `Signal` is the runtime's `AbortSignal`. */
export type Ask<N extends RequestName, Signal> = <K extends N>(
  name: K,
  input: RequestInput<K>,
  signal: Signal,
) => Promise<RequestResult<K>>;

/** Takes whatever comes over a wire: any name, any input. Never throws. */
export type Take<Signal> = (name: string, input: unknown, signal: Signal) => Promise<Result<unknown>>;

/**
 * Asks over a wire whose far end answers by the same contract: what comes back is checked to be an answer, and its value
 * has the type that the far end's handler was given.
 */
export const askOver =
  <N extends RequestName, Signal>(
    take: (name: N, input: unknown, signal: Signal) => Promise<Result<unknown>>,
  ): Ask<N, Signal> =>
  async (name, input, signal) => {
    const said = await take(name, input, signal);
    return isAnswerTo(name, said) ? said : fail('internal');
  };

function isAnswerTo<N extends RequestName>(_name: N, said: Result<unknown>): said is RequestResult<N> {
  return said.ok ? 'value' in said : typeof said.error.code === 'string';
}
