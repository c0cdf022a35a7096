import type { ReactNode } from 'react';
import css from './compare-table.module.css';

/** A value with its bar in the hue of its lane. `share` from 0 to 1; absent where there is nothing to draw. */
export function MeasuredValue({
  lane,
  share,
  faint = false,
  children,
}: {
  readonly lane: 'public' | 'tunnel';
  readonly share?: number;
  readonly faint?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <span className={css.value}>
      <span className={faint ? css.faint : css.number}>{children}</span>
      {share !== undefined && (
        <svg
          className={`${css.bar} ${css[lane]}`}
          viewBox="0 0 100 6"
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <rect width={Math.max(1, share * 100)} height="6" rx="1" />
        </svg>
      )}
    </span>
  );
}
