import type { HeaderPair } from '../../../shared/model/exchange.ts';
import css from './header-table.module.css';

/** Headers in the order in which they came. */
export function HeaderTable({
  title,
  headers,
}: {
  readonly title: string;
  readonly headers: readonly HeaderPair[];
}) {
  if (headers.length === 0) return null;
  return (
    <details className={css.headers}>
      <summary>
        {title} ({headers.length})
      </summary>
      <dl className={css.list}>
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same header may come twice, and the list never changes.
          <div key={index} className={css.pair}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
