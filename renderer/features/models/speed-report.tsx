import { useState } from 'react';
import type { SpeedFinding, SpeedReport } from '../../../shared/model/llm.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './speed-report.module.css';
import { SpeedTable } from './speed-table.tsx';

/** What was measured last, what it means, and a file of it. */
export function SpeedReportView({ report }: { readonly report: SpeedReport }) {
  const words = useWords();
  const { speed: texts, models } = words.texts;
  const now = useNow();
  const save = useAction('shell.save');
  const [saved, setSaved] = useState<string>();
  const saveAs = (kind: 'speed' | 'speedJson') =>
    void save.run({ kind }).then((answer) => setSaved(answer.ok ? answer.value.file : undefined));
  const say = (finding: SpeedFinding) =>
    words.say(texts.finding[finding.code], {
      route: 'route' in finding ? models.routes[finding.route] : '',
      ms: 'ms' in finding ? finding.ms : '',
    });
  return (
    <>
      {report.findings.map((finding) => (
        <Notice key={say(finding)} tone={finding.code === 'routes_equal' ? 'info' : 'warn'}>
          {say(finding)}
        </Notice>
      ))}
      <SpeedTable rows={report.rows} />
      <div className={css.foot}>
        <span>{words.say(texts.by, { model: report.model, ago: words.ago(now - report.at) })}</span>
        <Button disabled={save.running} onClick={() => saveAs('speed')}>
          {texts.save}
        </Button>
        <Button disabled={save.running} onClick={() => saveAs('speedJson')}>
          {texts.saveData}
        </Button>
        <span role="status">{saved !== undefined && words.say(texts.saved, { file: saved })}</span>
      </div>
      {save.error !== undefined && <ErrorNotice live error={save.error} />}
    </>
  );
}
