import {
  type ActivityEvent,
  type ActivityFilter,
  activityLevels,
  type Happening,
} from '../../../shared/model/activity.ts';

/** What happened lately, before the application started too; the newest last. */
export interface ActivityLog {
  add(happening: Happening): void;
  /** Newest first; `before` goes on where an earlier page ended. */
  list(options: {
    readonly filter?: ActivityFilter;
    readonly before?: number;
    readonly limit: number;
  }): readonly ActivityEvent[];
  clear(): void;
  /** Writes what waits to be written. */
  flush(): void;
}

/** Where the list outlives the application. */
interface KeptActivity {
  read(): readonly ActivityEvent[];
  write(events: readonly ActivityEvent[]): void;
}

/** About a megabyte at most; a day of a noisy account is a few hundred. */
const mostEvents = 2_000;
const repeatMs = 60_000;
/** Of them so many outlive the application: some 200 KB. */
const mostKept = 1_000;
/** What happens together is written together, this long after its first line, in ms. */
const keepMs = 5_000;

/**
 * `onChange` is called after every change, with nothing: who shows the list asks for it. What is kept is read when the
 * list is first needed: the window does not wait for it.
 */
export function createActivityLog(options: {
  readonly now: () => number;
  readonly onChange: () => void;
  readonly kept: KeptActivity;
}): ActivityLog {
  let events: ActivityEvent[] = [];
  let nextId = 1;
  let isRead = false;
  let waits: NodeJS.Timeout | undefined;

  function recall() {
    if (isRead) return;
    isRead = true;
    events = [...options.kept.read()];
    nextId = 1 + events.reduce((most, { id }) => Math.max(most, id), 0);
  }

  const keep = () => {
    clearTimeout(waits);
    waits = undefined;
    options.kept.write(events.slice(-mostKept).map(withoutDetail));
  };
  function changed() {
    waits ??= setTimeout(keep, keepMs);
    options.onChange();
  }

  return {
    add(happening) {
      recall();
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
      changed();
    },
    list({ filter = {}, before = Number.POSITIVE_INFINITY, limit }) {
      recall();
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
      recall();
      events = [];
      changed();
      // Who clears it wants it gone from the disk as well.
      keep();
    },
    flush() {
      if (waits !== undefined) keep();
    },
  };
}

/** The words of a far side are for the details of today: a file has no need of them. */
const withoutDetail = ({ error, ...event }: ActivityEvent): ActivityEvent =>
  error === undefined ? event : { ...event, error: { ...error, detail: undefined } };

const sameHappening = (a: Happening, b: Happening): boolean =>
  a.code === b.code &&
  a.action === b.action &&
  a.route === b.route &&
  a.port === b.port &&
  a.error?.code === b.error?.code;
