import type { AppError } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { TypedPlatform } from './platform-fields.tsx';
import css from './sign-in-form.module.css';

export interface SignInProps {
  readonly platform: TypedPlatform;
  readonly onPlatform: (typed: TypedPlatform) => void;
  readonly disabled: boolean;
  readonly onDone?: () => void;
}

/** The end of each way to sign in: its button, the way out while it runs, and what went wrong. */
export function SignInActions({
  action,
  disabled,
  showError,
}: {
  readonly action: {
    readonly running: boolean;
    readonly error: AppError | undefined;
    cancel(): void;
  };
  readonly disabled: boolean;
  /** No field says it. */
  readonly showError: boolean;
}) {
  const words = useWords();
  const { first, app } = words.texts;
  return (
    <>
      {showError && action.error !== undefined && <ErrorNotice live error={action.error} />}
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
    </>
  );
}
