import { Field as BaseField } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import css from './field.module.css';

/** A labelled input with its hint, or in the hint's place what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  trailing,
  className,
  ...input
}: Omit<ComponentProps<typeof BaseField.Control>, 'className'> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly trailing?: ReactNode;
  readonly className?: string;
}) {
  return (
    <BaseField.Root className={`${css.field} ${className ?? ''}`} invalid={error !== undefined}>
      <BaseField.Label className={css.label}>{label}</BaseField.Label>
      <div className={css.row}>
        <BaseField.Control className={css.input} autoComplete="off" spellCheck={false} {...input} />
        {trailing}
      </div>
      {error === undefined ? (
        hint !== undefined && <BaseField.Description className={css.hint}>{hint}</BaseField.Description>
      ) : (
        <BaseField.Error className={css.error} match={true}>
          {error}
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}
