import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActivityEvent, ActivityLevel } from '../../../shared/model/activity.ts';
import { mergeNewest } from './arrange.ts';

/** How many are asked for at once. */
const page = 100;

export interface FeedState {
  /** Newest first; `undefined` until they are known. */
  readonly events: readonly ActivityEvent[] | undefined;
  readonly hasOlder: boolean;
  /** Which state of the log is shown; `undefined` until there is one. */
  readonly shown: number | undefined;
}

export type Feed = StoreApi<FeedState> & {
  /** The log is in its state number `changed`: asks for it, unless the list is held and shows one already. */
  look(now: { readonly changed: number; readonly levels: Levels; readonly held: boolean }): void;
  older(): Promise<void>;
};

type Levels = readonly ActivityLevel[] | undefined;
type Ask = (input: {
  readonly limit: number;
  readonly levels: ActivityLevel[] | undefined;
  readonly before?: number;
}) => Promise<readonly ActivityEvent[] | undefined>;

/**
 * The list of what happened, page by page. `ask` gives `undefined` where there is no answer. An answer counts whatever was
 * asked after it, unless a newer one has come or other levels were chosen: nothing that was asked for is given up because
 * the list is held meanwhile.
 */
export function createFeed(ask: Ask): Feed {
  const store = createStore<FeedState>(() => ({ events: undefined, hasOlder: false, shown: undefined }));
  let asked: { readonly changed: number; readonly levels: Levels } | undefined;

  async function take(changed: number, levels: Levels) {
    const isOther = asked?.levels !== levels;
    asked = { changed, levels };
    const fresh = await ask({ limit: page, levels: levels && [...levels] });
    const { events, shown, hasOlder } = store.getState();
    if (fresh === undefined || asked.levels !== levels || (!isOther && (shown ?? 0) > changed)) return;
    store.setState({
      events: mergeNewest(isOther ? [] : (events ?? []), fresh, page),
      shown: changed,
      hasOlder: fresh.length < page ? false : isOther || hasOlder,
    });
  }

  return {
    ...store,
    look({ changed, levels, held }) {
      const isSame = asked?.levels === levels;
      if (isSame && asked?.changed === changed) return;
      if (!(held && isSame)) void take(changed, levels);
    },
    async older() {
      const levels = asked?.levels;
      const before = store.getState().events?.at(-1)?.id;
      const more = await ask({ limit: page, before, levels: levels && [...levels] });
      if (more === undefined || asked?.levels !== levels) return;
      store.setState(({ events = [] }) => ({ events: [...events, ...more], hasOlder: more.length === page }));
    },
  };
}
