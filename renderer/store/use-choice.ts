import type { RequestInput, RequestName } from '../../shared/contract/requests.ts';
import type { AppError } from '../../shared/result.ts';
import { useAction } from './use-action.ts';
import { useHoped } from './use-hoped.ts';

/**
 * A choice that is kept elsewhere, the way every control shows one: as chosen at once, and back again when its order
 * fails, with why. The error is to be drawn beside the control.
 */
export function useChoice<N extends RequestName, T extends string | boolean>(
  name: N,
  kept: T,
  inputOf: (wanted: T) => RequestInput<N>,
): {
  readonly shown: T;
  choose(wanted: T): void;
  readonly error: AppError | undefined;
  clear(): void;
} {
  const order = useAction(name);
  const [shown, hope] = useHoped(kept);
  return {
    shown,
    choose: (wanted) => hope(wanted, order.run(inputOf(wanted))),
    error: order.error,
    clear: order.clear,
  };
}
