import { type ComparisonCell, comparisonCell } from '../../../shared/comparison/index.ts';
import { ServiceLink } from '../../components/service-link.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useNow } from '../../store/now.ts';
import { useWords } from '../../words/use-words.ts';
import css from './compare-list.module.css';
import type { CompareRow } from './compare-rows.ts';
import { timesText } from './times-text.ts';

/** Every service that runs, with the ratio of its routes and what follows. */
export function CompareList({
  rows,
  chosen,
  onChoose,
}: {
  readonly rows: readonly CompareRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
}) {
  const { measure, services } = useWords().texts;
  const all = rows.map(({ service }) => service.id);
  const areAll = all.every((id) => chosen.has(id));
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col" className={css.box}>
            <input
              type="checkbox"
              aria-label={measure.all.chooseAll}
              checked={areAll}
              onChange={() => onChoose(new Set(areAll ? [] : all))}
            />
          </th>
          <th scope="col">{measure.all.service}</th>
          <th scope="col" className={css.public}>
            {services.public}
          </th>
          <th scope="col" className={css.tunnel}>
            {services.tunnel}
          </th>
          <th scope="col">{measure.all.ratio}</th>
          <th scope="col" className={css.advice}>
            {measure.all.advice}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.service.id}
            row={row}
            chosen={chosen.has(row.service.id)}
            onChoose={() => {
              const next = new Set(chosen);
              if (!next.delete(row.service.id)) next.add(row.service.id);
              onChoose(next);
            }}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  chosen,
  onChoose,
}: {
  readonly row: CompareRow;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const words = useWords();
  const { measure, services } = words.texts;
  const { service, container, record, ratio, better, state, error } = row;
  const time = (cell: ComparisonCell | undefined) =>
    cell === undefined ? null : cell.kind === 'missing' ? (
      <span className={css.faint}>{comparisonCell(cell, 'ms', words.language)}</span>
    ) : (
      comparisonCell(cell, 'ms', words.language)
    );
  return (
    <tr>
      <td className={css.box}>
        <input
          type="checkbox"
          aria-label={words.say(measure.all.choose, { name: service.name })}
          checked={chosen}
          onChange={onChoose}
        />
      </td>
      <th scope="row">
        <ServiceLink id={service.id} name={service.name} />
        <p className={css.faint}>
          {container.name} :{service.port}
        </p>
      </th>
      <td>{time(row.public)}</td>
      <td>{time(row.tunnel)}</td>
      <td>
        {ratio !== undefined && better !== undefined && (
          <>
            <span className={css[better]}>{services[better]}</span> {timesText(ratio, words)}
          </>
        )}
      </td>
      <td className={css.advice}>
        {error !== undefined && state === 'idle' && (
          <p>
            <StateMark mark="down" /> {words.error(error)}
          </p>
        )}
        {state === 'idle' ? (
          record === undefined ? (
            <span className={css.faint}>{measure.all.notYet}</span>
          ) : (
            <Advised record={record} />
          )
        ) : (
          <span className={css.working}>
            <StateMark mark={state === 'running' ? 'working' : 'idle'} />{' '}
            {state === 'running' ? words.texts.compare.running : measure.comparison.waiting}
          </span>
        )}
      </td>
    </tr>
  );
}

function Advised({ record }: { readonly record: NonNullable<CompareRow['record']> }) {
  const words = useWords();
  const { advice } = words.texts.measure;
  const now = useNow();
  const first = record.advice[0];
  return (
    <>
      {first !== undefined && <p>{words.say(advice[first.code], first.params ?? {})}</p>}
      <p className={css.faint}>{words.ago(now - record.at)}</p>
    </>
  );
}
