import type { ReactNode } from 'react';
import type { AppError } from '../../shared/result.ts';
import { useWords } from '../words/use-words.ts';
import css from './error-notice.module.css';
import { Notice } from './notice.tsx';

/** What went wrong and what to do; what the far side said of it, with the code, for whoever wants to know. */
export function ErrorNotice({
  error,
  tone = 'down',
  live = false,
  actions,
  children,
}: {
  readonly error: AppError;
  readonly tone?: 'warn' | 'down';
  readonly live?: boolean;
  readonly actions?: ReactNode;
  /** Said after the sentence. */
  readonly children?: ReactNode;
}) {
  const words = useWords();
  return (
    <Notice tone={tone} live={live} actions={actions}>
      {words.error(error)}
      {words.gap}
      {children}
      <ErrorDetails error={error} />
    </Notice>
  );
}

/** What the far side said, where the sentence stands at a field. */
export function ErrorDetails({ error }: { readonly error: AppError }) {
  const { app } = useWords().texts;
  if (error.detail === undefined || error.detail === '') return null;
  return (
    <details className={css.details}>
      <summary className={css.summary}>{app.details}</summary>
      <code className={css.said}>
        {error.code} · {error.detail}
      </code>
    </details>
  );
}
