import { useCallback, useState } from 'react';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import type { AppError } from '../../../shared/result.ts';
import { useClient } from '../../store/context.ts';

/**
 * Starts a service, in the place of another one where it `replaces` it: that is stopped first, as both have the same
 * port, and forgotten once the new one was started. Where the new one cannot be started, the old one can be again.
 */
export function useStart(replaces: Launch | undefined): {
  readonly running: boolean;
  readonly error: AppError | undefined;
  readonly clear: () => void;
  readonly run: (order: RequestInput<'launch.start'>) => Promise<boolean>;
} {
  const client = useClient();
  const [state, setState] = useState<{ readonly running: boolean; readonly error?: AppError | undefined }>({
    running: false,
  });
  const run = useCallback(
    async (order: RequestInput<'launch.start'>) => {
      const failed = (error: AppError) => {
        setState({ running: false, error });
        return false;
      };
      setState({ running: true });
      // What is wrong with the values is said before anything is stopped.
      const checked = await client.ask('launch.preview', order);
      if (!checked.ok) return failed(checked.error);
      if (replaces?.state.kind === 'running') {
        const stopped = await client.ask('launch.stop', { id: replaces.id });
        if (!stopped.ok) return failed(stopped.error);
      }
      const started = await client.ask('launch.start', order);
      if (!started.ok) return failed(started.error);
      if (replaces !== undefined) await client.ask('launch.remove', { id: replaces.id });
      setState({ running: false });
      return true;
    },
    [client, replaces],
  );
  const clear = useCallback(() => setState({ running: false }), []);
  return { running: state.running, error: state.error, clear, run };
}
