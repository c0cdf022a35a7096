import { labCell, labTable } from '../../../shared/comparison/index.ts';
import type { Lab } from '../../../shared/model/lab.ts';
import { useWords } from '../../words/use-words.ts';
import { barShares } from './bar-shares.ts';
import css from './compare-table.module.css';
import { MeasuredValue } from './measured-value.tsx';
import { timesText } from './times-text.ts';

/** Everything that the lab measured, both columns and how they compare. */
export function LabRows({ lab }: { readonly lab: Lab }) {
  const words = useWords();
  const { measure, services } = words.texts;
  return (
    <tbody className={css.measured}>
      {labTable(lab).map((row) => {
        const shares = barShares(row);
        const cell = (lane: 'public' | 'tunnel') => (
          <td>
            <MeasuredValue lane={lane} share={shares[lane]} faint={row[lane].kind === 'missing'}>
              {labCell(row[lane], row.unit, words.language)}
            </MeasuredValue>
          </td>
        );
        return (
          <tr key={row.key}>
            <th scope="row">{measure.lab.row[row.key]}</th>
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
