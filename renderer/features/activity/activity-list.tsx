import { memo } from 'react';
import { activityLevels } from '../../../shared/activity-levels.ts';
import type { ActivityEvent, Subject } from '../../../shared/model/activity.ts';
import { activitySentence } from '../../../shared/words/activity-sentence.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { go } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import type { Place } from '../../store/place.ts';
import { useWords, type Words } from '../../words/use-words.ts';
import css from './activity-list.module.css';
import { byDay, dayStart, markOf } from './arrange.ts';

/** What happened, day by day, newest first. */
export function ActivityList({ events }: { readonly events: readonly ActivityEvent[] }) {
  const words = useWords();
  const today = dayStart(useNow(60_000));
  return byDay(events).map(({ start, events: ofDay }) => (
    <section key={start} className={css.day} aria-label={dayText(start, today, words)}>
      <h2 className={css.heading}>{dayText(start, today, words)}</h2>
      <ul className={css.list}>
        {ofDay.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
    </section>
  ));
}

const EventRow = memo(function EventRow({ event }: { readonly event: ActivityEvent }) {
  const words = useWords();
  const { desktop, history } = words.texts;
  const level = activityLevels[event.code];
  const { subject, lastAt, times } = event;
  const sentence = activitySentence(event, words.language);
  return (
    <li className={css.event}>
      <span>
        <StateMark mark={markOf[level]} />
        <span className="unseen">{history.level[level]}</span>
      </span>
      <time
        className={css.time}
        dateTime={new Date(lastAt).toISOString()}
        data-hint={exactTime(lastAt, words)}
      >
        {clock(lastAt, words)}
      </time>
      <span className={css.sentence}>
        {subject === undefined ? (
          sentence
        ) : (
          <button type="button" className={css.subject} onClick={() => go(placeOf(subject))}>
            {sentence}
          </button>
        )}
        {times > 1 && <span className={css.times}> {words.say(desktop.activity.times, { n: times })}</span>}
      </span>
      <Ago at={lastAt} />
    </li>
  );
});

const placeOf = ({ kind, id }: Subject): Place =>
  kind === 'connection' ? { kind: 'connections' } : { kind, id };

/** A whole minute is exact enough, and does not flicker. */
function Ago({ at }: { readonly at: number }) {
  const words = useWords();
  const ms = useNow(60_000) - at;
  return <span className={css.ago}>{words.ago(ms < 60_000 ? 0 : ms)}</span>;
}

const dayMs = 86_400_000;

function dayText(start: number, today: number, { texts: { history }, language }: Words): string {
  if (start === today) return history.today;
  // The middle of the day before: a day may have 23 or 25 hours.
  if (start === dayStart(today - dayMs / 2)) return history.yesterday;
  return new Date(start).toLocaleDateString(language, { weekday: 'long', month: 'long', day: 'numeric' });
}

const clock = (at: number, { language }: Words): string =>
  new Date(at).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });

export const exactTime = (at: number, { language }: Words): string =>
  new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'medium' });
