import { Sparkline } from '../../components/sparkline.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { milliseconds } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import css from './lane-cell.module.css';
import type { LaneView } from './lane-view.ts';

/** One lane in a row of the list: its name, its state, its last answers. The lane in use is drawn in its hue. */
export function LaneCell({
  lane,
  view,
  inUse,
}: {
  readonly lane: 'public' | 'tunnel';
  readonly view: LaneView;
  /** The local address goes this way now. */
  readonly inUse: boolean;
}) {
  const words = useWords();
  const { texts } = words;
  const why = view.error === undefined ? undefined : words.error(view.error);
  return (
    <div className={`${css.lane} ${css[lane]}`} data-mark={view.mark} data-in-use={inUse} data-hint={why}>
      <span className={css.name}>{texts.services[lane]}</span>
      <span className={css.state}>
        <StateMark mark={view.mark} />
        <span className={css.text}>{view.text}</span>
      </span>
      <Sparkline values={view.recentMs} lane={lane} label={timesLabel(view.recentMs)} />
    </div>
  );

  function timesLabel(recentMs: readonly number[]): string {
    return words.say(texts.lane.lastTimes, {
      least: milliseconds(Math.min(...recentMs)),
      most: milliseconds(Math.max(...recentMs)),
    });
  }
}
