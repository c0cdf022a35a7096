import type { Measured } from '../../../shared/model/comparison-record.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { roundLine } from './round-lines.ts';
import css from './rounds-chart.module.css';

const width = 600;
const height = 56;
const lanes = ['public', 'tunnel'] as const;

/** First byte of each round over both routes, in the same minutes; said in words beneath. */
export function RoundsChart({ measured }: { readonly measured: Measured }) {
  const words = useWords();
  const { measure, services } = words.texts;
  const topMs = Math.max(...lanes.flatMap((lane) => measured[lane].rounds.map((value) => value ?? 0)), 1);
  const lines = lanes.flatMap((lane) => {
    const line = roundLine(measured[lane].rounds, { width, height, topMs });
    return line === undefined ? [] : [{ lane, line }];
  });
  if (lines.length === 0) return null;
  return (
    <figure className={css.figure} aria-label={measure.comparison.rounds}>
      <figcaption className={css.title}>{measure.comparison.rounds}</figcaption>
      <svg
        className={css.chart}
        viewBox={`0 -2 ${width} ${height + 6}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {lines.map(({ lane, line }) => (
          <g key={lane} className={css[lane]}>
            {line.parts.map((points) => (
              <polyline key={points} points={points} />
            ))}
            {line.lost.map((x) => (
              <line key={x} x1={x} x2={x} y1={height - 6} y2={height + 2} />
            ))}
          </g>
        ))}
      </svg>
      <ul className={css.said}>
        {lines.map(({ lane, line }) => (
          <li key={lane} className={css[lane]}>
            {words.say(measure.comparison.roundsOf, {
              route: services[lane],
              least: milliseconds(line.leastMs),
              most: milliseconds(line.mostMs),
              lost: line.lost.length,
            })}
          </li>
        ))}
      </ul>
    </figure>
  );
}
