import { useEffect, useState } from 'react';
import type { CreationOptions } from '../../../shared/model/creation.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './creation-dialog.module.css';
import { CreationForm } from './creation-form.tsx';

/** Makes a new container, after it has asked the platform what there is to choose. */
export function CreationDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { creation: texts, app, status } = words.texts;
  const load = useAction('containers.options', { whileShown: true });
  const [options, setOptions] = useState<CreationOptions>();
  const { run } = load;

  useEffect(() => {
    void run({}).then((answer) => {
      if (answer.ok) setOptions(answer.value);
    });
  }, [run]);

  return (
    <Dialog open wide title={texts.title} onClose={onClose}>
      {options === undefined ? (
        <>
          {load.error === undefined ? (
            <p className={css.loading} role="status">
              <StateMark mark="working" /> {texts.loading}
            </p>
          ) : (
            <ErrorNotice
              live
              error={load.error}
              actions={
                <Button
                  look="quiet"
                  busy={load.running}
                  onClick={() =>
                    void run({}).then((answer) => {
                      if (answer.ok) setOptions(answer.value);
                    })
                  }
                >
                  {status.retry}
                </Button>
              }
            />
          )}
          <DialogActions>
            <Button onClick={onClose}>{app.cancel}</Button>
          </DialogActions>
        </>
      ) : (
        <CreationForm options={options} onClose={onClose} />
      )}
    </Dialog>
  );
}
