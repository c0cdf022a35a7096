import { useId, useState } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useClient } from '../../store/context.ts';
import type { Action } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './sign-in-form.module.css';

type Platform = 'openbayes' | 'hyperai' | 'private';
type FieldName = 'origin' | 'domain' | 'token';

/** Signing in with a token. What was typed stays, whatever comes back. */
export function SignInForm({
  action,
  disabled,
}: {
  readonly action: Action<'session.signIn'>;
  readonly disabled: boolean;
}) {
  const words = useWords();
  const { first, app } = words.texts;
  const client = useClient();
  const formId = useId();
  const [platform, setPlatform] = useState<Platform>('openbayes');
  const [typed, setTyped] = useState({ origin: '', domain: '', token: '' });
  const wrong = action.error === undefined ? undefined : fieldOf(action.error, platform);
  const sentenceAt = (field: FieldName) =>
    wrong === field && action.error !== undefined ? words.error(action.error) : undefined;
  const field = (name: FieldName) => ({
    value: typed[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setTyped({ ...typed, [name]: event.target.value });
      if (wrong === name) action.clear();
    },
    error: sentenceAt(name),
  });

  return (
    <form
      id={formId}
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void action.run({
          instance: platform,
          token: typed.token,
          ...(platform === 'private' ? { origin: typed.origin, domain: typed.domain } : {}),
        });
      }}
    >
      <Segmented
        label={first.platform}
        value={platform}
        onChange={(next) => {
          setPlatform(next);
          action.clear();
        }}
        options={[
          { value: 'openbayes', text: first.openbayes },
          { value: 'hyperai', text: first.hyperai },
          { value: 'private', text: first.private },
        ]}
      />
      {platform === 'private' && (
        <>
          <Field label={first.origin} hint={first.originHint} {...field('origin')} />
          <Field label={first.domain} hint={first.domainHint} {...field('domain')} />
        </>
      )}
      <Field
        label={first.token}
        type="password"
        hint={
          <>
            {first.tokenHint}{' '}
            {platform !== 'private' && (
              <button
                type="button"
                className={css.link}
                onClick={() => void client.ask('shell.openPage', { page: `${platform}_token` })}
              >
                {first.tokenPage}
              </button>
            )}
          </>
        }
        {...field('token')}
      />
      {action.error !== undefined && wrong === undefined && (
        <Notice tone="down" live>
          {words.error(action.error)}
        </Notice>
      )}
      <div className={css.actions}>
        {action.running && (
          <Button look="quiet" onClick={action.cancel}>
            {app.cancel}
          </Button>
        )}
        <Button type="submit" className={css.submit} busy={action.running} disabled={disabled}>
          {action.running ? first.signingIn : first.signInAction}
        </Button>
      </div>
    </form>
  );
}

/** The field that an error is about; `undefined` where it is about none that is shown. */
function fieldOf(error: AppError, platform: Platform): FieldName | undefined {
  const field = error.field ?? guess(error.code);
  if (field === 'token') return 'token';
  if (platform !== 'private') return undefined;
  return field === 'origin' || field === 'domain' ? field : undefined;
}

function guess(code: AppError['code']): FieldName | undefined {
  if (code.startsWith('token_') || code === 'forbidden') return 'token';
  if (code.startsWith('origin_') || code === 'platform_timeout') return 'origin';
  return code === 'domain_invalid' ? 'domain' : undefined;
}
