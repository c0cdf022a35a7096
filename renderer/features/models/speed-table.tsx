import type { SpeedRow } from '../../../shared/model/llm.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './speed-table.module.css';

/** Rounds of one kind stand under each other, one line for each route. */
export function SpeedTable({ rows }: { readonly rows: readonly SpeedRow[] }) {
  const words = useWords();
  const { speed: texts, models } = words.texts;
  if (rows.length === 0) return null;
  const sorted = [...rows].sort((a, b) => a.promptTokens - b.promptTokens || a.parallel - b.parallel);
  const ms = (value: number | undefined) =>
    value === undefined ? '—' : words.say(texts.ms, { n: milliseconds(value) });
  const rate = (value: number | undefined) => (value === undefined ? '—' : value.toFixed(1));
  return (
    <div className={css.box}>
      <table className={css.table} aria-label={texts.table}>
        <thead>
          <tr>
            {[
              texts.prompts,
              texts.parallel,
              models.route,
              texts.firstToken,
              texts.rate,
              texts.total,
              texts.gaps,
              texts.chunks,
            ].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={`${row.promptTokens} ${row.parallel} ${row.route}`}>
              <td>{words.say(texts.tokens, { n: row.promptTokens })}</td>
              <td>{row.parallel}</td>
              <th scope="row" className={css[row.route]}>
                {models.routes[row.route]}
              </th>
              <td>{ms(row.firstTokenMs)}</td>
              <td>{rate(row.tokensPerSecond)}</td>
              <td>{rate(row.totalTokensPerSecond)}</td>
              <td>
                {ms(row.gapP50)} / {ms(row.gapP99)}
              </td>
              <td>
                {row.chunks ?? '—'}
                {row.failed > 0 && (
                  <span
                    className={css.failed}
                    data-hint={row.error === undefined ? undefined : words.error(row.error)}
                  >
                    {words.say(texts.failed, { n: row.failed })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
