import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestInput, RequestName, RequestResult } from '../../shared/contract/requests.ts';
import type { AppError } from '../../shared/result.ts';
import { useClient } from './context.ts';

export interface Action<N extends RequestName> {
  readonly running: boolean;
  /** Why the last one failed; gone with the next one. */
  readonly error: AppError | undefined;
  run(input: RequestInput<N>): Promise<RequestResult<N>>;
  cancel(): void;
  clear(): void;
}

/**
 * One order that a person gives: shows that it runs, keeps what went wrong, can be cancelled. With `whileShown` it is
 * cancelled when its place is left; otherwise it goes on, as an order does.
 */
export function useAction<N extends RequestName>(
  name: N,
  { whileShown = false }: { readonly whileShown?: boolean } = {},
): Action<N> {
  const client = useClient();
  const [state, setState] = useState<{ readonly running: boolean; readonly error?: AppError }>({
    running: false,
  });
  const current = useRef<AbortController>(undefined);

  useEffect(
    () => () => {
      if (whileShown) current.current?.abort();
    },
    [whileShown],
  );

  const run = useCallback(
    async (input: RequestInput<N>) => {
      const controller = new AbortController();
      current.current = controller;
      setState({ running: true });
      const result = await client.ask(name, input, controller.signal);
      // A newer one has taken the place: its outcome is the one to show.
      if (current.current !== controller) return result;
      const failed = !result.ok && result.error.code !== 'cancelled' ? result.error : undefined;
      setState({ running: false, error: failed });
      return result;
    },
    [client, name],
  );
  const cancel = useCallback(() => current.current?.abort(), []);
  const clear = useCallback(() => setState((before) => ({ ...before, error: undefined })), []);
  return { ...state, error: state.error, run, cancel, clear };
}
