import { useState } from 'react';
import type { Comparison } from '../../../shared/model/comparison.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/page.tsx';
import { Switch } from '../../components/switch.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import { AdviceText } from './advice-text.tsx';
import css from './compare-panel.module.css';
import tableCss from './compare-table.module.css';
import { ComparisonProgress } from './comparison-progress.tsx';
import { MeasuredRows } from './measured-rows.tsx';
import { PlatformRows } from './platform-rows.tsx';
import { QuickRows } from './quick-rows.tsx';
import { RecordList } from './record-list.tsx';
import { RecordNote } from './record-note.tsx';
import { RoundsChart } from './rounds-chart.tsx';
import { useRecords } from './use-records.ts';

/** The last quick comparison of each service: there again when a person comes back. */
const compared = new Map<string, Comparison>();
const mostCompared = 200;
function keep(result: Comparison): void {
  compared.delete(result.serviceId);
  compared.set(result.serviceId, result);
  if (compared.size > mostCompared) compared.delete(compared.keys().next().value ?? '');
}

/** Both routes of a service beside each other: asked quickly, measured thoroughly, and as they were before. */
export function ComparePanel({ service }: { readonly service: Service }) {
  const words = useWords();
  const { compare: texts, services, app, measure } = words.texts;
  const quick = useAction('services.compare', { whileShown: true });
  // It takes its time and is kept: leaving this place does not end it.
  const thorough = useAction('services.compare');
  const stop = useAction('comparison.cancel');
  const forget = useRemoval('comparison.forget');
  const comparison = useEngine((engine) => engine.comparison);
  const { records, error: recordsError, again } = useRecords(service.id);
  const [result, setResult] = useState(() => compared.get(service.id));
  const [chosen, setChosen] = useState<string>();
  const [isLong, setIsLong] = useState(false);

  const isHere = comparison.kind === 'running' && comparison.serviceId === service.id;
  const isWaiting = comparison.kind === 'running' && comparison.waiting.includes(service.id);
  const isMeasuring = thorough.running || isHere || isWaiting;
  const record =
    records?.find(({ id }) => id === chosen) ??
    (result?.record === undefined && result !== undefined ? undefined : records?.[0]);
  const error = quick.error ?? thorough.error ?? forget.error ?? stop.error ?? recordsError;

  const compare = () => {
    void quick.run({ serviceId: service.id }).then((answer) => {
      if (!answer.ok) return;
      setChosen(undefined);
      keep(answer.value);
      setResult(answer.value);
    });
  };
  const measureAll = () => {
    void thorough.run({ serviceId: service.id, full: true, thorough: isLong }).then((answer) => {
      if (!answer.ok) return;
      setChosen(answer.value.record?.id);
      setResult(answer.value);
      again();
    });
  };

  const head = (
    <thead>
      <tr>
        <th scope="col">{texts.measure}</th>
        <th scope="col" className={tableCss.public}>
          {services.public}
        </th>
        <th scope="col" className={tableCss.tunnel}>
          {services.tunnel}
        </th>
        <th scope="col">{measure.comparison.ratio}</th>
      </tr>
    </thead>
  );

  return (
    <div className={css.panel}>
      <div className={css.head}>
        <p className={css.text}>
          {texts.text}
          {words.gap}
          {measure.comparison.deepText}
        </p>
        {quick.running && (
          <Button look="quiet" onClick={quick.cancel}>
            {app.cancel}
          </Button>
        )}
        <Button busy={quick.running} onClick={compare}>
          {quick.running ? texts.running : texts.action}
        </Button>
        <Button disabled={isMeasuring} onClick={measureAll}>
          {measure.comparison.deep}
        </Button>
      </div>
      {isMeasuring ? (
        <ComparisonProgress
          name={isHere || !isWaiting ? service.name : measure.comparison.waiting}
          comparison={isHere ? comparison : { kind: 'idle' }}
          onStop={() => (thorough.running ? thorough.cancel() : void stop.run({}))}
        />
      ) : (
        <div className={css.choice}>
          <Switch label={measure.comparison.thorough} checked={isLong} onChange={setIsLong} />
        </div>
      )}
      {error !== undefined && <ErrorNotice live error={error} />}
      {record !== undefined ? (
        <AdviceText advice={record.advice} />
      ) : (
        result !== undefined && <AdviceText advice={result.advice} />
      )}
      <table className={tableCss.table}>
        {head}
        {record !== undefined ? (
          <MeasuredRows measured={record.measured} />
        ) : (
          result !== undefined && <QuickRows result={result} />
        )}
        {record === undefined && (
          <PlatformRows service={service} measured={records?.[0]?.measured} compared={result?.rows} />
        )}
      </table>
      {record !== undefined && (
        <>
          <RoundsChart measured={record.measured} />
          <RecordNote record={record} />
          <table className={tableCss.table} aria-label={measure.comparison.rows}>
            {head}
            <PlatformRows service={service} measured={records?.[0]?.measured} compared={result?.rows} />
          </table>
        </>
      )}
      {records !== undefined && records.length > 0 && (
        <Section title={measure.comparison.history}>
          <RecordList
            records={records}
            shownId={record?.id}
            onShow={setChosen}
            onForget={(id, at) => void forget.run({ id }, at, again).then(again)}
          />
        </Section>
      )}
    </div>
  );
}
