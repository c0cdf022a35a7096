import { useState } from 'react';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './model-key.module.css';

/** The key that guards a model. Written only: a kept one never comes back to the window. */
export function ModelKey({ service }: { readonly service: Service }) {
  const words = useWords();
  const { models: texts } = words.texts;
  const [key, setKey] = useState('');
  const keep = useAction('services.setCredential');
  const forget = useAction('services.forgetCredential');
  const { id: serviceId } = service;
  if (service.local?.details?.hasCredential === true)
    return (
      <div className={css.kept}>
        {texts.keySet}
        <Button busy={forget.running} onClick={() => void forget.run({ serviceId })}>
          {texts.keyForget}
        </Button>
      </div>
    );
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void keep.run({ serviceId, key }).then((kept) => {
          if (kept.ok) setKey('');
        });
      }}
    >
      <Field
        label={texts.key}
        type="password"
        hint={texts.keyHint}
        value={key}
        error={keep.error === undefined ? undefined : words.error(keep.error)}
        onChange={(event) => {
          setKey(event.target.value);
          keep.clear();
        }}
        trailing={
          <Button type="submit" busy={keep.running}>
            {texts.keySave}
          </Button>
        }
      />
    </form>
  );
}
