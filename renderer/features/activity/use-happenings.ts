import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ActivityEvent, ActivityLevel } from '../../../shared/model/activity.ts';
import { useClient, useShell } from '../../store/context.ts';
import { createFeed } from './feed.ts';

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
  const [feed] = useState(() =>
    createFeed(async (input) => {
      const answer = await client.ask('shell.activity', input);
      return answer.ok ? answer.value.events : undefined;
    }),
  );
  const { events, hasOlder, shown } = useStore(feed);
  useEffect(() => feed.look({ changed, levels, held }), [feed, changed, levels, held]);
  return {
    events,
    hasOlder,
    waits: held && shown !== undefined && shown !== changed,
    older: () => void feed.older(),
    take: () => feed.look({ changed, levels, held: false }),
  };
}
