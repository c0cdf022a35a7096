import { useCallback, useEffect, useState } from 'react';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import type { AppError } from '../../../shared/result.ts';
import { useClient, useEngine } from '../../store/context.ts';

interface Records {
  /** Newest first; `undefined` until the first answer. */
  readonly records: readonly ComparisonRecord[] | undefined;
  readonly error: AppError | undefined;
  readonly again: () => void;
}

/** The kept comparisons of one service, asked for again whenever one has ended; without an id the newest of each. */
export function useRecords(serviceId?: string): Records {
  const client = useClient();
  const atWork = useEngine(({ comparison }) => (comparison.kind === 'running' ? comparison.serviceId : ''));
  const [state, setState] = useState<Pick<Records, 'records' | 'error'>>({
    records: undefined,
    error: undefined,
  });
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept changes when the measuring goes on to another service.
  useEffect(() => {
    const life = new AbortController();
    const asked =
      serviceId === undefined
        ? client.ask('comparison.latest', {}, life.signal)
        : client.ask('comparison.history', { serviceId }, life.signal);
    void asked.then((answer) => {
      if (life.signal.aborted) return;
      setState((before) =>
        answer.ok
          ? { records: answer.value, error: undefined }
          : { records: before.records ?? [], error: answer.error },
      );
    });
    return () => life.abort();
  }, [client, serviceId, atWork, round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, again };
}
