import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActivityEvent, ActivityLevel } from '../../../shared/model/activity.ts';
import { useClient, useShell } from '../../store/context.ts';
import { mergeNewest } from './arrange.ts';

/** How many are asked for at once. */
const page = 100;

interface Happenings {
  /** Newest first; `undefined` until they are known. */
  readonly events: readonly ActivityEvent[] | undefined;
  readonly hasOlder: boolean;
  /** Something is new, and waits while the list is held. */
  readonly waits: boolean;
  older(): void;
  /** Takes what waits. */
  take(): void;
}

/** The list of what happened, kept up to date. While it is `held` it stands still, so that nothing moves under a pointer. */
export function useHappenings(levels: readonly ActivityLevel[] | undefined, held: boolean): Happenings {
  const client = useClient();
  const changed = useShell((shell) => shell.activity);
  const [events, setEvents] = useState<readonly ActivityEvent[]>();
  const [hasOlder, setHasOlder] = useState(false);
  const taken = useRef<{ readonly changed: number; readonly levels: unknown }>(undefined);
  const [takenNow, setTakenNow] = useState(changed);

  const take = useCallback(
    async (signal?: AbortSignal) => {
      const isOther = taken.current?.levels !== levels;
      taken.current = { changed, levels };
      const answer = await client.ask('shell.activity', { limit: page, levels: levels && [...levels] });
      if (signal?.aborted === true || !answer.ok) return;
      const fresh = answer.value.events;
      setTakenNow(changed);
      setEvents((before = []) => mergeNewest(isOther ? [] : before, fresh, page));
      setHasOlder((before) => (fresh.length < page ? false : isOther || before));
    },
    [client, changed, levels],
  );

  useEffect(() => {
    if (held && taken.current?.levels === levels) return;
    if (taken.current?.changed === changed && taken.current.levels === levels) return;
    const life = new AbortController();
    void take(life.signal);
    return () => life.abort();
  }, [take, held, changed, levels]);

  async function older() {
    const answer = await client.ask('shell.activity', {
      limit: page,
      before: events?.at(-1)?.id,
      levels: levels && [...levels],
    });
    if (!answer.ok) return;
    setEvents((before = []) => [...before, ...answer.value.events]);
    setHasOlder(answer.value.events.length === page);
  }

  return {
    events,
    hasOlder,
    waits: held && takenNow !== changed,
    older: () => void older(),
    take: () => void take(),
  };
}
