import { useEffect, useState } from 'react';
import type { Diagnostics } from '../../../shared/model/session.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './diagnostics-dialog.module.css';

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
      {load.error !== undefined && <Notice tone="down">{words.error(load.error)}</Notice>}
      {found !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long report is scrolled by keyboard.
        <section className={css.box} tabIndex={0} aria-label={texts.title}>
          <pre className={css.text}>{found.text}</pre>
        </section>
      )}
      <DialogActions>
        {found !== undefined && <CopyButton text={found.text} label={copy.copy} />}
        <Button onClick={onClose}>{app.close}</Button>
      </DialogActions>
    </Dialog>
  );
}
