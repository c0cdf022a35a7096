import { useEffect, useState } from 'react';
import type { Diagnostics } from '../../../shared/model/session.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

/** What was found out about the platform's API, to be read and copied. */
export function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { diagnostics: texts, app, copy } = words.texts;
  const load = useAction('session.diagnostics', { whileShown: true });
  const [found, setFound] = useState<Diagnostics>();
  const { run } = load;

  useEffect(() => {
    void run({}).then((answer) => {
      if (answer.ok) setFound(answer.value);
    });
  }, [run]);

  return (
    <Dialog open title={texts.title} text={texts.text} onClose={onClose}>
      {load.error !== undefined && <ErrorNotice error={load.error} />}
      {found !== undefined && <TextBox label={texts.title} text={found.text} />}
      <DialogActions>
        {found !== undefined && <CopyButton text={found.text} label={copy.copy} />}
        <Button onClick={onClose}>{app.close}</Button>
      </DialogActions>
    </Dialog>
  );
}
