import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { useRemoval } from '../toasts/index.ts';
import css from './key-form.module.css';

/** The key of one service. Written only: one that is kept never comes back to the window. */
export function KeyForm({
  serviceId,
  isKept,
  label,
  hint,
}: {
  readonly serviceId: string;
  readonly isKept: boolean;
  readonly label: string;
  readonly hint?: string;
}) {
  const words = useWords();
  const { localAddress: texts } = words.texts;
  const [key, setKey] = useState('');
  const keep = useAction('services.setCredential');
  const name = useEngine((engine) => engine.services[serviceId]?.name ?? serviceId);
  const forget = useRemoval('services.forgetCredential');
  const failed = isKept ? forget.error : keep.error;
  if (isKept)
    return (
      <div className={css.kept}>
        <span>{texts.credentialSet}</span>
        <Button busy={forget.running} onClick={() => void forget.run({ serviceId }, name)}>
          {texts.credentialForget}
        </Button>
        {failed !== undefined && <ErrorNotice live error={failed} />}
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
        label={label}
        type="password"
        hint={hint}
        value={key}
        error={failed === undefined ? undefined : words.error(failed)}
        onChange={(event) => {
          setKey(event.target.value);
          keep.clear();
        }}
        trailing={
          <Button type="submit" busy={keep.running}>
            {texts.credentialSave}
          </Button>
        }
      />
    </form>
  );
}
