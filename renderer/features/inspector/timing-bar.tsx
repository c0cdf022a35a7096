import type { ExchangeTiming } from '../../../shared/model/exchange.ts';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './timing-bar.module.css';
import { timingParts } from './timing-parts.ts';

/** Where the time went: parts beside each other, each with its name and its ms. */
export function TimingBar({ timing }: { readonly timing: ExchangeTiming }) {
  const words = useWords();
  const { inspector: texts, lane } = words.texts;
  const parts = timingParts(timing);
  if (parts.length === 0) return null;
  return (
    <div className={css.timing}>
      <svg className={css.bar} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, start, width }) => (
          <rect key={name} className={css[name]} x={start} width={width} height="6" />
        ))}
      </svg>
      <dl className={css.parts}>
        {parts.map(({ name, ms }) => (
          <div key={name} className={css.part}>
            <dt>
              <span className={`${css.dot} ${css[name]}`} aria-hidden="true" />
              {texts.parts[name]}
            </dt>
            <dd>{words.say(lane.ms, { ms: milliseconds(ms) })}</dd>
          </div>
        ))}
        {timing.totalMs !== undefined && (
          <div className={css.part}>
            <dt>{texts.parts.total}</dt>
            <dd>{words.say(lane.ms, { ms: milliseconds(timing.totalMs) })}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
