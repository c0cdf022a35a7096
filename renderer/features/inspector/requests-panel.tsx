import { Download, Eraser } from 'lucide-react';
import { useState } from 'react';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useAction } from '../../store/use-action.ts';
import { useHeldOrder } from '../../store/use-held-order.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import { ExchangeDetail } from './exchange-detail.tsx';
import { ExchangeList } from './exchange-list.tsx';
import css from './requests-panel.module.css';
import { useExchanges } from './use-exchanges.ts';

type Only = 'all' | 'failed' | 'websocket' | 'events';

const none: readonly ExchangeSummary[] = [];
const idOf = ({ id }: ExchangeSummary) => id;

/** What went through the local addresses: of one service, or of all. */
export function RequestsPanel({ serviceId }: { readonly serviceId?: string }) {
  const words = useWords();
  const { inspector: texts, history } = words.texts;
  const [text, setText] = useState('');
  const [only, setOnly] = useState<Only>('all');
  const [chosen, setChosen] = useState<string>();
  const filter = {
    serviceId,
    text: text.trim() === '' ? undefined : text.trim(),
    only: only === 'all' ? undefined : only,
  };
  const { exchanges, again } = useExchanges(filter);
  const { shown, waits, take, hold } = useHeldOrder(exchanges ?? none, idOf, {
    key: `${serviceId} ${only} ${text}`,
    fresh: 'waits',
  });
  const clear = useRemoval('inspector.clear');
  const save = useAction('shell.exportHar');
  const error = clear.error ?? save.error;
  const isFiltered = filter.text !== undefined || only !== 'all';

  return (
    <div className={css.panel}>
      <div className={css.bar}>
        <SearchField label={texts.filter} value={text} onChange={setText} />
        <Segmented<Only>
          label={texts.filter}
          value={only}
          onChange={setOnly}
          options={[
            { value: 'all', text: texts.all },
            { value: 'failed', text: texts.failed },
            { value: 'websocket', text: texts.sockets },
            { value: 'events', text: texts.streams },
          ]}
        />
        <div className={css.actions}>
          {waits && (
            <Button look="quiet" onClick={take}>
              {history.fresh}
            </Button>
          )}
          <Button
            look="quiet"
            icon={<Download aria-hidden="true" />}
            busy={save.running}
            disabled={exchanges === undefined || exchanges.length === 0}
            onClick={() => void save.run(filter)}
          >
            {texts.exportHar}
          </Button>
          <Button
            look="quiet"
            icon={<Eraser aria-hidden="true" />}
            disabled={exchanges === undefined || exchanges.length === 0}
            onClick={() =>
              void clear.run({ serviceId }, texts.title, again).then(() => {
                setChosen(undefined);
                again();
              })
            }
          >
            {texts.clear}
          </Button>
        </div>
      </div>
      {error !== undefined && <ErrorNotice live error={error} />}
      {exchanges !== undefined && exchanges.length === 0 && (
        <Empty
          title={isFiltered ? texts.noMatch : texts.none}
          text={isFiltered ? undefined : texts.noneText}
        />
      )}
      {exchanges !== undefined && exchanges.length > 0 && (
        <div className={css.both} data-detail={chosen !== undefined}>
          <div {...hold}>
            <ExchangeList
              exchanges={shown}
              chosen={chosen}
              onChoose={setChosen}
              withService={serviceId === undefined}
            />
          </div>
          {chosen !== undefined && (
            <ExchangeDetail key={chosen} id={chosen} onClose={() => setChosen(undefined)} />
          )}
        </div>
      )}
    </div>
  );
}
