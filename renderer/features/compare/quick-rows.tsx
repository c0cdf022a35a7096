import { isTelling } from '../../../shared/comparison/telling.ts';
import type { Comparison, RouteMeasure } from '../../../shared/model/comparison.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './compare-table.module.css';
import { MeasuredValue } from './measured-value.tsx';
import { timesText } from './times-text.ts';

const measures = [
  ['connect', 'connectMs'],
  ['firstByte', 'firstByteMs'],
  ['total', 'totalMs'],
] as const;
type MeasureKey = (typeof measures)[number][1];

/** The same request over both routes, five times in turn. */
export function QuickRows({ result }: { readonly result: Comparison }) {
  const words = useWords();
  const { compare: texts, services } = words.texts;
  return (
    <tbody className={css.measured}>
      {measures.map(([name, key]) => {
        const [mapping, tunnel] = [timeOf(result.public, key), timeOf(result.tunnel, key)];
        const most = Math.max(mapping ?? 0, tunnel ?? 0, 0.1);
        const least = Math.max(Math.min(mapping ?? 0, tunnel ?? 0), 0.01);
        const isClear = mapping !== undefined && tunnel !== undefined && isTelling('ms', mapping, tunnel);
        const better = (mapping ?? 0) < (tunnel ?? 0) ? 'public' : 'tunnel';
        const first = name === 'connect';
        return (
          <tr key={name}>
            <th scope="row">{texts[name]}</th>
            <td>
              <Time route={result.public} lane="public" value={mapping} most={most} first={first} />
            </td>
            <td>
              <Time route={result.tunnel} lane="tunnel" value={tunnel} most={most} first={first} />
            </td>
            <td className={css.ratio}>
              {isClear && (
                <>
                  <span className={css[better]}>{services[better]}</span> {timesText(most / least, words)}
                </>
              )}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}

const timeOf = (route: RouteMeasure, key: MeasureKey): number | undefined =>
  route.kind === 'reached' ? route[key] : undefined;

/** A time with its bar; where the route was not reached, once, why. */
function Time({
  route,
  lane,
  value,
  most,
  first,
}: {
  readonly route: RouteMeasure;
  readonly lane: 'public' | 'tunnel';
  readonly value: number | undefined;
  readonly most: number;
  readonly first: boolean;
}) {
  const words = useWords();
  if (route.kind !== 'reached' || value === undefined) {
    if (!first || route.kind === 'reached') return <span className={css.faint}>—</span>;
    return (
      <span className={css.failed}>
        <StateMark mark={route.kind === 'absent' ? 'idle' : 'down'} /> {words.error(route.error)}
      </span>
    );
  }
  return (
    <MeasuredValue lane={lane} share={value / most}>
      {words.say(words.texts.lane.ms, { ms: milliseconds(value) })}
    </MeasuredValue>
  );
}
