import type { ComponentProps, ReactNode } from 'react';
import css from './button.module.css';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** `primary`: the one right thing in sight. `quiet`: no border until it is pointed at. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** It works: the button stays where it is, says so, and cannot be pressed twice. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({
  look = 'plain',
  icon,
  busy = false,
  children,
  className,
  disabled,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`${css.button} ${css[look]} ${className ?? ''}`}
      aria-busy={busy}
      disabled={disabled}
      {...rest}
      // One that is disabled would lose the focus, and whoever works with the keys their place.
      aria-disabled={busy || rest['aria-disabled']}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon}
      <span className={css.label}>{children}</span>
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** Its name for screen readers and as a hint. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconButton({ label, children, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`${css.button} ${css.quiet} ${css.icon} ${className ?? ''}`}
      aria-label={label}
      data-hint={label}
      {...rest}
    >
      {children}
    </button>
  );
}
