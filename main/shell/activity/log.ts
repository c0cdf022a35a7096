import {
  type ActivityEvent,
  type ActivityFilter,
  activityLevels,
  type Happening,
} from '../../../shared/model/activity.ts';

/** What happened since the application started, the newest last. */
export interface ActivityLog {
  add(happening: Happening): void;
  /** Newest first; `before` goes on where an earlier page ended. */
  list(options: {
    readonly filter?: ActivityFilter;
    readonly before?: number;
    readonly limit: number;
  }): readonly ActivityEvent[];
  clear(): void;
}

/** About a megabyte at most; a day of a noisy account is a few hundred. */
const mostEvents = 2_000;
const repeatMs = 60_000;

/** `onChange` is called after every change, with nothing: who shows the list asks for it. */
export function createActivityLog(options: {
  readonly now: () => number;
  readonly onChange: () => void;
}): ActivityLog {
  let events: ActivityEvent[] = [];
  let nextId = 1;
  return {
    add(happening) {
      const now = options.now();
      const index = events.findLastIndex((event) => event.subject?.id === happening.subject?.id);
      const last = events[index];
      if (last !== undefined && sameHappening(last, happening) && now - last.lastAt <= repeatMs) {
        // It moves to the end with a new number, so that a list that is read page by page stays in order.
        events.splice(index, 1);
        events.push({ ...last, id: nextId++, lastAt: now, times: last.times + 1 });
      } else {
        events.push({ ...happening, id: nextId++, at: now, lastAt: now, times: 1 });
      }
      if (events.length > mostEvents) events = events.slice(-mostEvents);
      options.onChange();
    },
    list({ filter = {}, before = Number.POSITIVE_INFINITY, limit }) {
      const { subjectId, levels } = filter;
      return events
        .filter(
          (event) =>
            event.id < before &&
            (subjectId === undefined || event.subject?.id === subjectId) &&
            (levels === undefined || levels.includes(activityLevels[event.code])),
        )
        .slice(-limit)
        .reverse();
    },
    clear() {
      events = [];
      options.onChange();
    },
  };
}

const sameHappening = (a: Happening, b: Happening): boolean =>
  a.code === b.code &&
  a.action === b.action &&
  a.route === b.route &&
  a.port === b.port &&
  a.error?.code === b.error?.code;
