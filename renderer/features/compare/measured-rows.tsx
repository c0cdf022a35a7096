import { comparisonCell, comparisonTable } from '../../../shared/comparison/index.ts';
import type { Measured } from '../../../shared/model/comparison-record.ts';
import { useWords } from '../../words/use-words.ts';
import { barShares } from './bar-shares.ts';
import css from './compare-table.module.css';
import { MeasuredValue } from './measured-value.tsx';
import { timesText } from './times-text.ts';

/** Everything that the comparison measured, both columns and how they compare. */
export function MeasuredRows({ measured }: { readonly measured: Measured }) {
  const words = useWords();
  const { measure, services } = words.texts;
  return (
    <tbody className={css.measured}>
      {comparisonTable(measured).map((row) => {
        const shares = barShares(row);
        const cell = (lane: 'public' | 'tunnel') => (
          <td>
            <MeasuredValue lane={lane} share={shares[lane]} faint={row[lane].kind === 'missing'}>
              {comparisonCell(row[lane], row.unit, words.language)}
            </MeasuredValue>
          </td>
        );
        return (
          <tr key={row.key}>
            <th scope="row">{measure.comparison.row[row.key]}</th>
            {cell('public')}
            {cell('tunnel')}
            <td className={css.ratio}>
              {row.ratio !== undefined && row.better !== undefined && (
                <>
                  <span className={css[row.better]}>{services[row.better]}</span>{' '}
                  {timesText(row.ratio, words)}
                </>
              )}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}
