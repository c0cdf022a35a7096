import { useState } from 'react';
import { Dialog, FormActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { go, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './add-service-dialog.module.css';

/** Names a port that nothing else told of. */
export function AddServiceDialog({
  containerId,
  onClose,
}: {
  /** Absent where it is still to be chosen. */
  readonly containerId?: string;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { services: texts, service } = words.texts;
  const containers = useEngine((engine) => engine.containers);
  const choices = Object.values(containers).sort((a, b) => a.name.localeCompare(b.name));
  const first = choices.find((container) => container.status.kind === 'running') ?? choices[0];
  const [chosen, setChosen] = useState(containerId ?? first?.id ?? '');
  const [port, setPort] = useState('');
  const add = useAction('services.add');
  const isPort = add.error?.code === 'port_invalid';

  return (
    <Dialog open title={texts.add} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void add.run({ containerId: chosen, port }).then((added) => {
            if (!added.ok) return;
            onClose();
            go({ kind: 'service', id: added.value.serviceId });
          });
        }}
      >
        {containerId === undefined && (
          <Select
            label={service.container}
            value={chosen}
            onChange={setChosen}
            options={choices.map(({ id, name }) => ({ value: id, text: name }))}
          />
        )}
        <Field
          label={texts.port}
          hint={texts.addHint}
          inputMode="numeric"
          value={port}
          onChange={(event) => {
            setPort(event.target.value);
            add.clear();
          }}
          error={isPort && add.error !== undefined ? words.error(add.error) : undefined}
        />
        {add.error !== undefined && !isPort && <ErrorNotice live error={add.error} />}
        <FormActions action={texts.addAction} busy={add.running} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
