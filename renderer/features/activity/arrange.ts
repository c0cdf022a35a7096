import type { ActivityEvent, ActivityLevel } from '../../../shared/model/activity.ts';

/** What happened on one day, newest first. */
interface Day {
  /** Midnight at its beginning, where the person is; milliseconds since the epoch. */
  readonly start: number;
  readonly events: readonly ActivityEvent[];
}

/** Midnight before `at`, in this computer's time; both in ms since the epoch. */
export function dayStart(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** Cuts the list at midnights. */
export function byDay(events: readonly ActivityEvent[]): readonly Day[] {
  const days: { readonly start: number; readonly events: ActivityEvent[] }[] = [];
  for (const event of events) {
    const start = dayStart(event.at);
    const last = days.at(-1);
    if (last?.start === start) last.events.push(event);
    else days.push({ start, events: [event] });
  }
  return days;
}

/**
 * The newest ones before those that were loaded further back. Fewer than were asked for are all that there are: the
 * list was cleared, or has not been longer.
 */
export function mergeNewest(
  loaded: readonly ActivityEvent[],
  newest: readonly ActivityEvent[],
  asked: number,
): readonly ActivityEvent[] {
  const oldest = newest.at(-1);
  if (newest.length < asked || oldest === undefined) return newest;
  return [...newest, ...loaded.filter(({ id }) => id < oldest.id)];
}

/** Events whose sentence or subject holds the text. */
export function matching(
  events: readonly ActivityEvent[],
  text: string,
  sentence: (event: ActivityEvent) => string,
): readonly ActivityEvent[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? events : events.filter((event) => sentence(event).toLowerCase().includes(wanted));
}

/** How much each matters, as `activityLevels` has it; marks are drawn by it. */
export const markOf: Readonly<Record<ActivityLevel, 'up' | 'idle' | 'warn' | 'down'>> = {
  good: 'up',
  info: 'idle',
  warning: 'warn',
  bad: 'down',
};
