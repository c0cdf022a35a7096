import { useState } from 'react';
import type { Comparison, RouteMeasure } from '../../../shared/model/comparison.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useAction } from '../../store/use-action.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './compare-panel.module.css';
import { fasterRoute } from './faster-route.ts';
import { FixedRows } from './fixed-rows.tsx';

const measures = [
  ['connect', 'connectMs'],
  ['firstByte', 'firstByteMs'],
  ['total', 'totalMs'],
] as const;

/** The same question over both routes, beside each other. */
export function ComparePanel({ service }: { readonly service: Service }) {
  const words = useWords();
  const { compare: texts, services, app } = words.texts;
  const compare = useAction('services.compare', { whileShown: true });
  const [result, setResult] = useState<Comparison>();

  return (
    <div className={css.panel}>
      <div className={css.head}>
        <p className={css.text}>{texts.text}</p>
        {compare.running && (
          <Button look="quiet" onClick={compare.cancel}>
            {app.cancel}
          </Button>
        )}
        <Button
          busy={compare.running}
          onClick={() =>
            void compare.run({ serviceId: service.id }).then((answer) => {
              if (answer.ok) setResult(answer.value);
            })
          }
        >
          {compare.running ? texts.running : texts.action}
        </Button>
      </div>
      {compare.error !== undefined && (
        <Notice tone="down" live>
          {words.error(compare.error)}
        </Notice>
      )}
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{texts.measure}</th>
            <th scope="col" className={css.public}>
              {services.public}
            </th>
            <th scope="col" className={css.tunnel}>
              {services.tunnel}
            </th>
          </tr>
        </thead>
        {result !== undefined && <Measured result={result} />}
        <FixedRows />
      </table>
    </div>
  );
}

function Measured({ result }: { readonly result: Comparison }) {
  const words = useWords();
  const { compare: texts, service } = words.texts;
  const faster = fasterRoute(result);
  return (
    <tbody className={css.measured}>
      {measures.map(([name, key]) => {
        const values = [timeOf(result.public, key), timeOf(result.tunnel, key)];
        const most = Math.max(...values.map((value) => value ?? 0), 0.1);
        return (
          <tr key={name}>
            <th scope="row">{texts[name]}</th>
            <td>
              <Value
                route={result.public}
                lane="public"
                value={values[0]}
                most={most}
                first={name === 'connect'}
              />
            </td>
            <td>
              <Value
                route={result.tunnel}
                lane="tunnel"
                value={values[1]}
                most={most}
                first={name === 'connect'}
              />
            </td>
          </tr>
        );
      })}
      {faster !== undefined && (
        <tr>
          <td colSpan={3} className={css.advice} role="status">
            {faster.kind === 'same'
              ? texts.same
              : words.say(texts.faster, { route: service[faster.route], times: faster.times })}
          </td>
        </tr>
      )}
    </tbody>
  );
}

const timeOf = (route: RouteMeasure, key: (typeof measures)[number][1]): number | undefined =>
  route.kind === 'reached' ? route[key] : undefined;

/** A time with its bar; where the route was not reached, once, why. */
function Value({
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
    if (!first || route.kind === 'reached') return <span className={css.nothing}>—</span>;
    return (
      <span className={css.failed}>
        <StateMark mark={route.kind === 'absent' ? 'idle' : 'down'} /> {words.error(route.error)}
      </span>
    );
  }
  return (
    <span className={css.value}>
      <span className={css.number}>{words.say(words.texts.lane.ms, { ms: milliseconds(value) })}</span>
      <svg
        className={`${css.bar} ${css[lane]}`}
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect width={Math.max(1, (value / most) * 100)} height="6" rx="1" />
      </svg>
    </span>
  );
}
