import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Page } from '../../components/page.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Switch } from '../../components/switch.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { AuditList } from '../exposure/index.ts';
import { groupServices } from '../services/index.ts';
import { CompareList } from './compare-list.tsx';
import css from './compare-panel.module.css';
import { compareRows } from './compare-rows.ts';
import { ComparisonProgress } from './comparison-progress.tsx';
import { useRecords } from './use-records.ts';

type View = 'routes' | 'open';

/** All services at once: both routes measured one after the other, or what is open to anyone. */
export function ComparePage() {
  const { places, measure } = useWords().texts;
  const [view, setView] = useState<View>('routes');
  const choice = (
    <Segmented<View>
      label={measure.audit.view}
      value={view}
      onChange={setView}
      options={[
        { value: 'routes', text: measure.audit.routes },
        { value: 'open', text: measure.audit.title },
      ]}
    />
  );
  if (view === 'routes') return <RoutesPage choice={choice} />;
  return (
    <Page title={places.compare} actions={choice}>
      <AuditList />
    </Page>
  );
}

/** Both routes of every service, with what follows for each. */
function RoutesPage({ choice }: { readonly choice: ReactNode }) {
  const words = useWords();
  const { places, measure } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const services = useEngine((engine) => engine.services);
  const comparison = useEngine((engine) => engine.comparison);
  const { records, error: recordsError } = useRecords();
  const start = useAction('comparison.start');
  const stop = useAction('comparison.cancel');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isLong, setIsLong] = useState(false);
  const rows = useMemo(
    () => compareRows(groupServices({ containers, services }).groups, records ?? [], comparison),
    [containers, services, records, comparison],
  );
  const ids = rows.map(({ service }) => service.id).filter((id) => chosen.has(id));
  const error = start.error ?? stop.error ?? recordsError;
  const measured = comparison.kind === 'running' ? services[comparison.serviceId] : undefined;

  return (
    <Page
      title={places.compare}
      detail={measure.all.text}
      actions={
        <>
          {choice}
          <Button
            look="primary"
            busy={start.running}
            disabled={rows.length === 0 || comparison.kind === 'running'}
            onClick={() => void start.run({ serviceIds: ids, thorough: isLong })}
          >
            {ids.length === 0
              ? measure.comparison.startAll
              : words.say(measure.all.chosen, { n: ids.length })}
          </Button>
        </>
      }
    >
      <div className={css.panel}>
        {comparison.kind === 'running' ? (
          <ComparisonProgress
            name={measured?.name ?? '…'}
            comparison={comparison}
            onStop={() => void stop.run({})}
          />
        ) : (
          rows.length > 0 && (
            <div className={css.choice}>
              <Switch label={measure.comparison.thorough} checked={isLong} onChange={setIsLong} />
            </div>
          )
        )}
        {error !== undefined && <ErrorNotice live error={error} />}
        {rows.length === 0 ? (
          <Empty title={measure.all.none} text={measure.all.noneText} />
        ) : (
          <CompareList rows={rows} chosen={chosen} onChoose={setChosen} />
        )}
      </div>
    </Page>
  );
}
