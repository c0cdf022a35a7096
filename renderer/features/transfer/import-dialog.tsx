import { useEffect, useState } from 'react';
import type { ImportSummary } from '../../../shared/model/backup.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say } from '../toasts/index.ts';
import css from './transfer.module.css';

/** The system asks for the file first; what it would bring is shown before anything is replaced. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { desktop, app } = words.texts;
  const choose = useAction('shell.chooseImport');
  const { run } = choose;
  const [summary, setSummary] = useState<ImportSummary>();

  useEffect(() => {
    let left = false;
    void run({}).then((chosen) => {
      if (left) return;
      if (chosen.ok) setSummary(chosen.value);
      else if (chosen.error.code === 'cancelled') onClose();
    });
    return () => {
      left = true;
    };
    // The system's dialog is asked for once, when this one comes up.
  }, [run, onClose]);

  if (summary !== undefined) return <Decide summary={summary} onClose={onClose} />;
  if (choose.error === undefined) return null;
  return (
    <Dialog open title={desktop.transfer.import} onClose={onClose}>
      <ErrorNotice live error={choose.error} />
      <DialogActions>
        <Button onClick={onClose}>{app.close}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Decide({ summary, onClose }: { readonly summary: ImportSummary; readonly onClose: () => void }) {
  const words = useWords();
  const { desktop, preferences } = words.texts;
  const { transfer } = desktop;
  const [passphrase, setPassphrase] = useState('');
  const replace = useAction('shell.import');
  const isWrong = replace.error?.code === 'passphrase_wrong';
  const date = new Date(summary.madeAt).toLocaleString(words.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });

  return (
    <Dialog
      open
      title={words.say(transfer.importTitle, { file: summary.file })}
      text={words.say(transfer.importText, { date, version: summary.madeBy })}
      onClose={onClose}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          const sealed = passphrase === '' ? {} : { passphrase };
          void replace.run({ importId: summary.importId, ...sealed }).then((done) => {
            if (!done.ok) return;
            say(transfer.imported);
            onClose();
          });
        }}
      >
        <ul className={css.list}>
          {summary.account !== undefined && <li>{words.say(transfer.importAccount, summary.account)}</li>}
          <li>
            {words.say(transfer.importCounts, { services: summary.services, tunnels: summary.tunnels })}
          </li>
          {summary.connections.map(({ name, place, forwards }) => (
            <li key={`${name} ${place}`}>
              {words.say(transfer.importConnection, { name, place, forwards })}
            </li>
          ))}
          {summary.moreConnections > 0 && (
            <li>{words.say(transfer.importMoreConnections, { n: summary.moreConnections })}</li>
          )}
          {summary.connections.length + summary.tunnels > 0 && <li>{transfer.importClosed}</li>}
          {summary.settings.length > 0 && (
            <li>
              {words.say(transfer.importSettings, {
                names: summary.settings.map((name) => preferences.names[name]).join(preferences.separator),
              })}
            </li>
          )}
          {summary.secrets === 'none' && <li>{transfer.importNoSecrets}</li>}
        </ul>
        {summary.secrets === 'sealed' && (
          <Field
            label={transfer.passphrase}
            hint={transfer.importSealed}
            type="password"
            value={passphrase}
            onChange={(event) => {
              setPassphrase(event.target.value);
              replace.clear();
            }}
            error={isWrong && replace.error !== undefined ? words.error(replace.error) : undefined}
          />
        )}
        {replace.error !== undefined && !isWrong && <ErrorNotice live error={replace.error} />}
        <FormActions action={transfer.importAction} busy={replace.running} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
