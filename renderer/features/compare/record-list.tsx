import { Trash2 } from 'lucide-react';
import { changesSince, comparisonValue } from '../../../shared/comparison/index.ts';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import { IconButton } from '../../components/button.tsx';
import { useNow } from '../../store/now.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import css from './record-list.module.css';

/** Earlier comparisons of a service, each with what became better or worse since the one before it. */
export function RecordList({
  records,
  shownId,
  onShow,
  onForget,
}: {
  readonly records: readonly ComparisonRecord[];
  readonly shownId: string | undefined;
  readonly onShow: (id: string) => void;
  /** With its time, which is what it is called. */
  readonly onForget: (id: string, at: string) => void;
}) {
  const words = useWords();
  const { comparison: texts, advice } = words.texts.measure;
  const now = useNow();
  const time = new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <ol className={css.list}>
      {records.map((record, index) => {
        const at = time.format(record.at);
        const first = record.advice[0];
        return (
          <li key={record.id} className={css.row} data-shown={record.id === shownId}>
            <button
              type="button"
              className={css.record}
              aria-pressed={record.id === shownId}
              aria-label={words.say(texts.show, { time: at })}
              onClick={() => onShow(record.id)}
            >
              <span className={css.time}>
                {at} · {words.ago(now - record.at)}
              </span>
              <span>{first === undefined ? '' : words.say(advice[first.code], first.params ?? {})}</span>
            </button>
            <Changes record={record} before={records[index + 1]} words={words} />
            <IconButton label={`${texts.forget}: ${at}`} onClick={() => onForget(record.id, at)}>
              <Trash2 />
            </IconButton>
          </li>
        );
      })}
    </ol>
  );
}

function Changes({
  record,
  before,
  words,
}: {
  readonly record: ComparisonRecord;
  readonly before: ComparisonRecord | undefined;
  readonly words: Words;
}) {
  const { measure, services } = words.texts;
  if (before === undefined) return <p className={css.same}>{measure.comparison.first}</p>;
  const changes = changesSince(before, record);
  if (changes.length === 0) return <p className={css.same}>{measure.comparison.same}</p>;
  return (
    <ul className={css.changes}>
      {changes.map((change) => (
        <li key={`${change.key} ${change.route}`} data-verdict={change.verdict}>
          <span className={css[change.route]}>{services[change.route]}</span>{' '}
          {measure.comparison.row[change.key]} {comparisonValue(change.now, change.unit)},{' '}
          {words.say(measure.comparison[change.verdict], {
            before: comparisonValue(change.before, change.unit),
          })}
        </li>
      ))}
    </ul>
  );
}
