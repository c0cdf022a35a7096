import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type { DataBinding } from '../../../shared/model/container.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './creation-dialog.module.css';
import type { ContainerDraft } from './draft.ts';

/** Data that the container sees. */
export function BindingFields({
  bindings,
  datasets,
  onChange,
}: {
  readonly bindings: ContainerDraft['dataBindings'];
  readonly datasets: readonly string[];
  readonly onChange: (bindings: ContainerDraft['dataBindings']) => void;
}) {
  const { creation: texts } = useWords().texts;
  const listId = useId();
  const set = (index: number, part: Partial<(typeof bindings)[number]>) =>
    onChange(bindings.map((binding, at) => (at === index ? { ...binding, ...part } : binding)));
  return (
    <fieldset className={css.set}>
      <legend className={css.legend}>{texts.bindings}</legend>
      <datalist id={listId}>
        {datasets.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {bindings.map((binding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className={css.binding}>
          <Field
            label={texts.bindingName}
            list={listId}
            value={binding.name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Field
            label={texts.bindingPath}
            value={binding.path}
            onChange={(event) => set(index, { path: event.target.value })}
          />
          <Select
            label={texts.bindingAuth}
            value={binding.auth}
            onChange={(auth) => set(index, { auth })}
            options={(Object.keys(texts.auth) as DataBinding['auth'][]).map((auth) => ({
              value: auth,
              text: texts.auth[auth],
            }))}
          />
          <IconButton
            label={texts.removeBinding}
            onClick={() => onChange(bindings.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        look="quiet"
        className={css.add}
        icon={<Plus aria-hidden="true" />}
        onClick={() =>
          onChange([...bindings, { name: '', path: `/input${bindings.length}`, auth: 'READ_ONLY' }])
        }
      >
        {texts.addBinding}
      </Button>
    </fieldset>
  );
}
