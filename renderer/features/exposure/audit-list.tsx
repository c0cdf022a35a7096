import { useMemo } from 'react';
import type { AuditReport } from '../../../shared/model/audit.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { Empty } from '../../components/empty.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Progress } from '../../components/progress.tsx';
import { ServiceLink } from '../../components/service-link.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useEngine } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useHeldOrder } from '../../store/use-held-order.ts';
import { useWords } from '../../words/use-words.ts';
import css from './audit-list.module.css';
import { type AuditRow as AuditEntry, auditRows } from './audit-rows.ts';
import { AuditFix, AuditThings } from './audit-things.tsx';
import { OpenMark } from './open-mark.tsx';
import { verdictMark } from './thing-text.ts';

const idOf = ({ service }: AuditEntry) => service.id;

/** Every public address: who may open it, what it gives away, how to close it. */
export function AuditList() {
  const words = useWords();
  const { audit: texts } = words.texts.measure;
  const services = useEngine((engine) => engine.services);
  const audits = useEngine((engine) => engine.audits);
  const audit = useEngine((engine) => engine.audit);
  const start = useAction('audit.start');
  const stop = useAction('audit.cancel');
  const ranked = useMemo(() => auditRows(services, audits), [services, audits]);
  const { shown: rows, hold } = useHeldOrder(ranked, idOf);
  const asked = rows.filter(({ report }) => report !== undefined);
  const open = asked.filter(({ report }) => report !== undefined && report.things.length > 0);
  const error = start.error ?? stop.error;
  if (rows.length === 0) return <Empty title={texts.noneMapped} text={texts.noneMappedText} />;
  return (
    <div className={css.panel}>
      <div className={css.head}>
        <p className={css.text}>
          {texts.text}{' '}
          {asked.length > 0 &&
            (open.length === 0
              ? texts.none
              : words.say(texts.openCount, { open: open.length, count: rows.length }))}
        </p>
        {audit.kind === 'running' && (
          <>
            <Progress label={texts.running} max={audit.count} value={audit.done} />
            <span className={css.soft}>
              {words.say(texts.count, { done: audit.done, count: audit.count })}
            </span>
            <Button onClick={() => void stop.run({})}>{texts.stop}</Button>
          </>
        )}
        <Button
          busy={start.running || audit.kind === 'running'}
          onClick={() => void start.run({ serviceIds: [] })}
        >
          {audit.kind === 'running' ? texts.running : texts.action}
        </Button>
      </div>
      {error !== undefined && <ErrorNotice live error={error} />}
      <ul className={css.list} aria-label={texts.title} {...hold}>
        {rows.map(({ service, url, report }) => (
          <AuditRow key={service.id} service={service} url={url} report={report} />
        ))}
      </ul>
    </div>
  );
}

function AuditRow({
  service,
  url,
  report,
}: {
  readonly service: Service;
  readonly url: string;
  readonly report: AuditReport | undefined;
}) {
  const words = useWords();
  const { audit: texts } = words.texts.measure;
  const now = useNow();
  return (
    <li className={css.row} aria-label={service.name}>
      <div>
        <ServiceLink id={service.id} name={service.name} />
        <Address text={url} copyLabel={`${words.texts.copy.address}: ${service.name}`} />
      </div>
      <div>
        <p className={css.verdict}>
          {report === undefined ? (
            <>
              <StateMark mark="idle" /> {texts.gone}
            </>
          ) : (
            <>
              <StateMark mark={verdictMark(report)} /> {texts.verdict[report.verdict]}
            </>
          )}
        </p>
        {report?.verdict !== 'open' && <OpenMark service={service} />}
        {report !== undefined && <p className={css.soft}>{words.ago(now - report.at)}</p>}
      </div>
      {report !== undefined && (
        <>
          <AuditThings report={report} />
          <AuditFix report={report} />
        </>
      )}
    </li>
  );
}
