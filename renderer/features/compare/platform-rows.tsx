import { type PlatformRow, platformRows } from '../../../shared/comparison/index.ts';
import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Service } from '../../../shared/model/service.ts';
import { useEngine } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useWords } from '../../words/use-words.ts';
import css from './compare-table.module.css';
import { liveText } from './live-text.ts';

/** The platform's own six rows: what is so for this service now, and beneath it what is true of every service. */
export function PlatformRows({
  service,
  measured,
  compared,
}: {
  readonly service: Service;
  readonly measured: Measured | undefined;
  /** From the last comparison: it knows the host key. */
  readonly compared: readonly PlatformRow[] | undefined;
}) {
  const words = useWords();
  const { compare: texts, measure } = words.texts;
  const now = useNow();
  const mappings = useEngine((engine) => engine.containers[service.containerId]?.mappings);
  const tunnelsOpen = useEngine(
    (engine) =>
      Object.values(engine.services).filter(
        ({ containerId, tunnel }) => containerId === service.containerId && tunnel.state.kind === 'connected',
      ).length,
  );
  const known = compared?.find(({ key }) => key === 'security')?.tunnel.params?.fingerprint;
  const rows = platformRows({
    service,
    mappingsUsed: mappings === undefined || mappings === 'unknown' ? undefined : mappings.length,
    tunnelsOpen,
    hostKey: typeof known === 'string' ? known : undefined,
    measured,
    now,
  });
  return (
    <tbody>
      <tr className={css.subhead}>
        <th scope="rowgroup" colSpan={4}>
          {measure.comparison.rows}
        </th>
      </tr>
      {rows.map((row) => (
        <tr key={row.key} data-tall>
          <th scope="row">{texts.rows[row.key]}</th>
          <td>
            <p className={css.live}>{liveText(row.public, words)}</p>
            <p className={css.fixed}>{texts.publicRow[row.key]}</p>
          </td>
          <td colSpan={2}>
            <p className={css.live}>{liveText(row.tunnel, words)}</p>
            <p className={css.fixed}>{texts.tunnelRow[row.key]}</p>
          </td>
        </tr>
      ))}
    </tbody>
  );
}
