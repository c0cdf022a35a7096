import { useWords } from '../../words/use-words.ts';
import css from './compare-panel.module.css';

const rows = ['setup', 'ports', 'persistence', 'scope', 'protocol', 'security'] as const;

/** What the platform itself says of both ways; true of every service. */
export function FixedRows() {
  const { compare: texts } = useWords().texts;
  return (
    <tbody>
      <tr className={css.subhead}>
        <th scope="rowgroup" colSpan={3}>
          {texts.fixed}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row}>
          <th scope="row">{texts.rows[row]}</th>
          <td>{texts.publicRow[row]}</td>
          <td>{texts.tunnelRow[row]}</td>
        </tr>
      ))}
    </tbody>
  );
}
