import type { z } from 'zod';
import { fail } from '../result.ts';
import type { Ask, Take } from './asking.ts';
import { type Handlers, type RequestName, type RequestResult, requests } from './requests.ts';

/** Answers requests of the contract: parses what comes in, calls the handler, keeps a bug from whoever asked. */
export interface Dispatcher<N extends RequestName, Signal> {
  readonly ask: Ask<N, Signal>;
  /** `bad_request` for what is not in the contract, or belongs to another side. */
  readonly take: Take<Signal>;
  isOwn(name: string): name is N;
}

type Schemas = {
  readonly [N in RequestName]: {
    safeParse(input: unknown): z.ZodSafeParseResult<z.output<(typeof requests)[N]['input']>>;
  };
};
type Contract = { readonly [N in RequestName]: { readonly input: Schemas[N] } };
const contract: Contract = requests;

/** `onBug` hears of exceptions, which are answered with `internal`. */
export function createDispatcher<N extends RequestName, Signal>(
  handlers: Handlers<N, Signal>,
  onBug: (name: string, error: unknown) => void,
): Dispatcher<N, Signal> {
  const isOwn = (name: string): name is N => Object.hasOwn(handlers, name);

  async function answer<K extends N>(name: K, input: unknown, signal: Signal): Promise<RequestResult<K>> {
    try {
      const schema: Schemas[K] = contract[name].input;
      const parsed = schema.safeParse(input);
      if (!parsed.success) return fail('bad_request', { detail: parsed.error.issues[0]?.message });
      return await handlers[name](parsed.data, signal);
    } catch (error) {
      onBug(name, error);
      return fail('internal');
    }
  }

  return {
    ask: answer,
    take: async (name, input, signal) => (isOwn(name) ? answer(name, input, signal) : fail('bad_request')),
    isOwn,
  };
}
