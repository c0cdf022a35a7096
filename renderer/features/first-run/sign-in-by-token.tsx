import { useState } from 'react';
import { ErrorDetails } from '../../components/error-notice.tsx';
import { Field } from '../../components/field.tsx';
import { useClient } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { fieldOf, PlatformFields, platformInput } from './platform-fields.tsx';
import { SignInActions, type SignInProps } from './sign-in-actions.tsx';
import css from './sign-in-form.module.css';

/** With an account token of the platform. */
export function SignInByToken({ platform, onPlatform, disabled, onDone }: SignInProps) {
  const words = useWords();
  const { first } = words.texts;
  const client = useClient();
  const action = useAction('session.signIn', { whileShown: true });
  const [token, setToken] = useState('');
  const { instance } = platform;
  const field = action.error === undefined ? undefined : fieldOf(action.error, instance);

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run({ ...platformInput(platform), token }).then((answer) => {
          if (answer.ok) onDone?.();
        });
      }}
    >
      <PlatformFields
        typed={platform}
        error={action.error}
        onChange={(typed) => {
          onPlatform(typed);
          action.clear();
        }}
      />
      <Field
        label={first.token}
        type="password"
        value={token}
        error={field === 'token' && action.error !== undefined ? words.error(action.error) : undefined}
        onChange={(event) => {
          setToken(event.target.value);
          if (field === 'token') action.clear();
        }}
        hint={
          <>
            {first.tokenHint}{' '}
            {instance !== 'private' && (
              <button
                type="button"
                className={css.link}
                onClick={() => void client.ask('shell.openPage', { page: `${instance}_token` })}
              >
                {first.tokenPage}
              </button>
            )}
          </>
        }
      />
      {field === 'token' && action.error !== undefined && <ErrorDetails error={action.error} />}
      <SignInActions action={action} disabled={disabled} showError={field === undefined} />
    </form>
  );
}
