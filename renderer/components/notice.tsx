import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './notice.module.css';

const icons = { info: Info, warn: TriangleAlert, down: CircleAlert } as const;

/** Something that a person should read where it belongs, with what can be done about it. */
export function Notice({
  tone,
  children,
  actions,
  live = false,
}: {
  readonly tone: 'info' | 'warn' | 'down';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** It came while the person was doing something: screen readers say it. */
  readonly live?: boolean;
}) {
  const Icon = icons[tone];
  return (
    <div className={`${css.notice} ${css[tone]}`} role={live ? 'alert' : undefined}>
      <Icon className={css.icon} aria-hidden="true" />
      <div className={css.text}>{children}</div>
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
