import type { AuditReport } from '../../../shared/model/audit.ts';
import { Address } from '../../components/address.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './audit-list.module.css';
import { thingText } from './thing-text.ts';

/** What a public address gives to everybody. */
export function AuditThings({ report }: { readonly report: AuditReport }) {
  const words = useWords();
  if (report.things.length === 0) return null;
  return (
    <ul className={css.things}>
      {report.things.map((thing) => (
        <li key={`${thing.code} ${thing.path}`} data-level={thing.level}>
          {thingText(thing, words)}
        </li>
      ))}
    </ul>
  );
}

/** How to close it: the program's own line, or a tunnel in place of the mapping. */
export function AuditFix({ report }: { readonly report: AuditReport }) {
  const { measure, copy } = useWords().texts;
  if (report.things.length === 0) return null;
  if (report.fix === undefined || report.fix.line === '')
    return <p className={css.soft}>{measure.audit.closeTunnel}</p>;
  return (
    <div className={css.soft}>
      <p>{measure.audit.close}</p>
      <Address text={report.fix.line} copyLabel={`${copy.command}: ${report.serviceName}`} />
    </div>
  );
}
