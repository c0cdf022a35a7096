import { FileText, FolderOpen, Save } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { RequestAnswer } from '../../../shared/contract/requests.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useClient } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';
import css from './log-section.module.css';
import { SettingRow, SettingSection } from './setting-row.tsx';

/** What happens inside: shown, saved, and where it is. */
export function LogSection() {
  const words = useWords();
  const { preferences: texts, history } = words.texts;
  const client = useClient();
  const [log, setLog] = useState<RequestAnswer<'shell.log'>>();
  const [isShown, setIsShown] = useState(false);
  const save = useAction('shell.save');
  const folder = useAction('shell.showLogs');
  const crashes = log?.crashes ?? 0;

  const look = useCallback(
    () => client.ask('shell.log', {}).then((answer) => answer.ok && setLog(answer.value)),
    [client],
  );
  useEffect(() => void look(), [look]);

  return (
    <SettingSection title={texts.log}>
      <SettingRow title={texts.logTitle} hint={texts.logText} error={save.error}>
        <Button
          icon={<FileText aria-hidden="true" />}
          onClick={() => void look().then(() => setIsShown(true))}
        >
          {texts.logShow}
        </Button>
        <Button
          icon={<Save aria-hidden="true" />}
          busy={save.running}
          onClick={() =>
            void save.run({ kind: 'log' }).then((saved) => {
              if (saved.ok) say(words.say(history.saved, { file: saved.value.file }));
            })
          }
        >
          {texts.logSave}
        </Button>
      </SettingRow>
      <SettingRow
        title={texts.crashTitle}
        hint={crashes === 0 ? texts.crashNone : words.say(texts.crashCount, { n: crashes })}
        error={folder.error}
      >
        <Button
          icon={<FolderOpen aria-hidden="true" />}
          busy={folder.running}
          onClick={() => void folder.run({})}
        >
          {texts.logFolder}
        </Button>
      </SettingRow>
      <Dialog open={isShown} title={texts.log} wide onClose={() => setIsShown(false)}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too. */}
        <pre className={css.lines} tabIndex={0}>
          {log === undefined || log.text === '' ? texts.logNone : log.text}
        </pre>
      </Dialog>
    </SettingSection>
  );
}
