import { useState } from 'react';
import { Dialog, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Switch } from '../../components/switch.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';
import css from './transfer.module.css';

/** Everything that Gearway remembers into one file; secrets only under a passphrase that is typed twice. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { passphrase: texts } = words.texts;
  const { transfer } = words.texts.desktop;
  const [withSecrets, setWithSecrets] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const write = useAction('shell.export');
  const isShort = write.error?.code === 'passphrase_short';
  const change =
    (set: (text: string) => void) => (event: { readonly target: { readonly value: string } }) => {
      set(event.target.value);
      setDiffers(false);
      write.clear();
    };

  return (
    <Dialog open title={transfer.exportTitle} text={transfer.exportText} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (withSecrets && passphrase !== again) {
            setDiffers(true);
            return;
          }
          void write.run(withSecrets ? { passphrase } : {}).then((written) => {
            if (!written.ok) return;
            say(words.say(transfer.exported, { file: written.value.file }));
            onClose();
          });
        }}
      >
        <Switch label={transfer.withSecrets} checked={withSecrets} onChange={setWithSecrets} />
        {withSecrets && (
          <>
            <Field
              label={transfer.passphrase}
              hint={transfer.passphraseHint}
              type="password"
              value={passphrase}
              onChange={change(setPassphrase)}
              error={isShort && write.error !== undefined ? words.error(write.error) : undefined}
            />
            <Field
              label={texts.again}
              type="password"
              value={again}
              onChange={change(setAgain)}
              error={differs ? texts.differs : undefined}
            />
          </>
        )}
        {write.error !== undefined && !isShort && <ErrorNotice live error={write.error} />}
        <FormActions action={transfer.export} busy={write.running} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
