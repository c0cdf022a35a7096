import { useState } from 'react';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { besideText } from './beside-text.ts';
import css from './compare-panel.module.css';
import { ExportMenu } from './export-menu.tsx';

/** How a comparison was made, and what can be done with it. */
export function RecordNote({ record }: { readonly record: ComparisonRecord }) {
  const words = useWords();
  const { comparison: texts } = words.texts.measure;
  const save = useAction('shell.saveComparison');
  const [saved, setSaved] = useState<string>();
  const { work, tookMs, bytes } = record.measured;
  const beside = besideText(record.measured, words);
  return (
    <div className={css.note}>
      <p className={css.text}>
        {texts.work[work]}
        {words.gap}
        {words.say(texts.took, { age: words.age(tookMs), bytes: words.bytes(bytes) })}
        {beside !== undefined && words.gap + beside}
      </p>
      <ExportMenu record={record} save={save} onSaved={setSaved} />
      {saved !== undefined && <p role="status">{words.say(texts.saved, { file: saved })}</p>}
      {save.error !== undefined && <ErrorNotice live error={save.error} />}
    </div>
  );
}
