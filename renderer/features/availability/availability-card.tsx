import { useState } from 'react';
import type { AvailabilityRangeName, RouteAvailability } from '../../../shared/model/availability.ts';
import type { Service } from '../../../shared/model/service.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useEngine } from '../../store/context.ts';
import { useWords } from '../../words/use-words.ts';
import css from './availability-card.module.css';
import { type StripCell, sharedOf, stripCells } from './strip-cells.ts';

const ranges: readonly AvailabilityRangeName[] = ['hour', 'day', 'week'];
const lanes = ['public', 'tunnel'] as const;

/** How often each route answered: a strip of the chosen range, and the percentages of all three. */
export function AvailabilityCard({ service }: { readonly service: Service }) {
  const { measure } = useWords().texts;
  const availability = useEngine((engine) => engine.availability[service.id]);
  const [range, setRange] = useState<AvailabilityRangeName>('hour');
  const shown = lanes.flatMap((lane) => {
    const route = availability?.[lane];
    return route === undefined ? [] : [{ lane, route }];
  });
  if (shown.length === 0) return null;
  return (
    <section className={css.card} aria-label={measure.history.title}>
      <div className={css.head}>
        <h2 className={css.title}>{measure.history.title}</h2>
        <Segmented<AvailabilityRangeName>
          label={measure.history.range}
          value={range}
          onChange={setRange}
          options={ranges.map((value) => ({ value, text: measure.history[value] }))}
        />
      </div>
      {shown.map(({ lane, route }) => (
        <LaneStrip key={lane} lane={lane} route={route} range={range} />
      ))}
    </section>
  );
}

function LaneStrip({
  lane,
  route,
  range,
}: {
  readonly lane: 'public' | 'tunnel';
  readonly route: RouteAvailability;
  readonly range: AvailabilityRangeName;
}) {
  const words = useWords();
  const { services, measure } = words.texts;
  const { history } = measure;
  const cells = stripCells(route[range].strip);
  const shareOf = (name: AvailabilityRangeName): string => {
    const said = sharedOf(name, route[name]);
    if (said.kind === 'unknown') return history.unknown;
    const age = words.age(said.watchedMs);
    return said.kind === 'short'
      ? words.say(history.tooShort, { age })
      : words.say(history.availability, { percent: String(said.percent), age });
  };
  return (
    <div className={css.lane}>
      <span className={`${css.name} ${css[lane]}`}>{services[lane]}</span>
      <svg
        className={`${css.strip} ${css[lane]}`}
        viewBox={`0 0 ${Math.max(1, cells.length) * 4} 20`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.say(history.strip, {
          route: services[lane],
          range: history[range],
          share: shareOf(range),
        })}
      >
        {cells.map((cell) => (
          <Cell key={cell.at} cell={cell} />
        ))}
      </svg>
      <ul className={css.shares}>
        {ranges.map((name) => (
          <li key={name} data-shown={name === range}>
            {words.say(history.of, { range: history[name], share: shareOf(name) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Full where it answered, from below as far as it did, a mark on the ground where it never did. */
function Cell({ cell: { at, state, share } }: { readonly cell: StripCell }) {
  const x = at * 4 + 0.5;
  if (state === 'unknown') return <rect className={css.unknown} x={x} y="9" width="3" height="2" />;
  return (
    <>
      {state !== 'up' && <rect className={css.down} x={x} y="0" width="3" height="20" />}
      {state !== 'down' && <rect x={x} y={20 - 20 * share} width="3" height={20 * share} />}
    </>
  );
}
