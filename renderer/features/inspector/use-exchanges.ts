import { useCallback, useEffect, useState } from 'react';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { useClient } from '../../store/context.ts';
import { mergeExchanges, mostShown } from './merge-exchanges.ts';

export type ExchangeFilter = Pick<RequestInput<'inspector.list'>, 'serviceId' | 'text' | 'only'>;

/** Often enough to follow a page that loads, in ms. */
const everyMs = 700;

/**
 * The exchanges that fit, newest first, followed while they are shown. `undefined` until the first answer. Only what
 * changed since the last answer is asked for; `again` begins anew, after they were cleared.
 */
export function useExchanges({ serviceId, text, only }: ExchangeFilter): {
  readonly exchanges: readonly ExchangeSummary[] | undefined;
  readonly again: () => void;
} {
  const client = useClient();
  const [exchanges, setExchanges] = useState<readonly ExchangeSummary[]>();
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round begins anew, although nothing else changed.
  useEffect(() => {
    const life = new AbortController();
    let after: number | undefined;
    let timer: number | undefined;

    async function ask() {
      if (!document.hidden || after === undefined) {
        const input = { serviceId, text, only, limit: mostShown, ...(after === undefined ? {} : { after }) };
        const answer = await client.ask('inspector.list', input, life.signal);
        if (life.signal.aborted) return;
        if (answer.ok) {
          const isFirst = after === undefined;
          after = answer.value.revision;
          const changed = answer.value.exchanges;
          setExchanges((shown) => (isFirst ? changed : mergeExchanges(shown ?? [], changed)));
        } else {
          // Another life of the engine counts from the beginning.
          after = undefined;
        }
      }
      timer = window.setTimeout(() => void ask(), everyMs);
    }

    void ask();
    return () => {
      life.abort();
      window.clearTimeout(timer);
    };
  }, [client, serviceId, text, only, round]);

  const again = useCallback(() => setRound((before) => before + 1), []);
  return { exchanges, again };
}
