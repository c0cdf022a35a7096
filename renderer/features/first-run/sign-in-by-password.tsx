import { useState } from 'react';
import { Field } from '../../components/field.tsx';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { fieldOf, PlatformFields, platformInput } from './platform-fields.tsx';
import { SignInActions, type SignInProps } from './sign-in-actions.tsx';
import css from './sign-in-form.module.css';

/** With user name and password, which are exchanged for a token. */
export function SignInByPassword({ platform, onPlatform, disabled, onDone }: SignInProps) {
  const words = useWords();
  const { accounts: texts } = words.texts;
  const action = useAction('session.signInWithPassword', { whileShown: true });
  const [typed, setTyped] = useState({ username: '', password: '' });
  const field = action.error === undefined ? undefined : fieldOf(action.error, platform.instance);
  const isOurs = field === 'password' || field === 'token';

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run({ ...platformInput(platform), ...typed }).then((answer) => {
          if (answer.ok) onDone?.();
        });
      }}
    >
      <PlatformFields
        typed={platform}
        error={action.error}
        onChange={(next) => {
          onPlatform(next);
          action.clear();
        }}
      />
      <Field
        label={texts.username}
        value={typed.username}
        onChange={(event) => {
          setTyped({ ...typed, username: event.target.value });
          if (isOurs) action.clear();
        }}
      />
      <Field
        label={texts.password}
        type="password"
        hint={texts.passwordHint}
        value={typed.password}
        error={isOurs && action.error !== undefined ? words.error(action.error) : undefined}
        onChange={(event) => {
          setTyped({ ...typed, password: event.target.value });
          if (isOurs) action.clear();
        }}
      />
      <SignInActions action={action} disabled={disabled} showError={field === undefined} />
    </form>
  );
}
