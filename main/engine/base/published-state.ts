import type { Change, Snapshot } from '../../../shared/contract/state.ts';
import {
  type Collection,
  collections,
  type EngineState,
  initialEngineState,
} from '../../../shared/contract/state.ts';
import { own } from '../../../shared/own.ts';
import type { Clock, Stop } from './effects.ts';

type Members<K extends Collection> = EngineState[K];
type Member<K extends Collection> = Members<K>[string];

/** What the engine shows to the window. Only the engine writes it. */
export interface PublishedState {
  /** Replaces a single value; an equal one changes nothing. */
  set<K extends Exclude<keyof EngineState, Collection>>(key: K, value: EngineState[K]): void;
  /** Replaces a whole collection; only members that differ are sent. */
  replace<K extends Collection>(key: K, members: readonly Member<K>[]): void;
  read(): EngineState;
  snapshot(): Snapshot<'engine'>;
  /** Sends what is waiting at once and stops the timer. */
  flush(): void;
}

/**
 * Changes are gathered for one tick of 40 ms (25 a second at most: quicker than
 * an eye, slow enough that a thousand changes make no thousand messages) and
 * leave with one revision.
 */
const gatherMs = 40;

export function createPublishedState(options: {
  readonly epoch: string;
  readonly clock: Clock;
  readonly notify: (change: Change<'engine'>) => void;
}): PublishedState {
  let state: EngineState = initialEngineState;
  let revision = 0;
  let timer: Stop | undefined;
  let set: Record<string, unknown> = {};
  let put: { [K in Collection]?: Record<string, unknown> } = {};
  let drop: { [K in Collection]?: string[] } = {};

  const send = () => {
    timer?.();
    timer = undefined;
    const dropped = Object.fromEntries(
      collections.flatMap((key) => {
        // A member that went and came back within one tick is only put.
        const gone = [...new Set(drop[key] ?? [])].filter((id) => !Object.hasOwn(state[key], id));
        return gone.length > 0 ? [[key, gone]] : [];
      }),
    );
    const change = { set, put, drop: dropped };
    set = {};
    put = {};
    drop = {};
    if ([change.set, change.put, change.drop].every((part) => Object.keys(part).length === 0)) return;
    revision += 1;
    options.notify({ side: 'engine', epoch: options.epoch, revision, ...change });
  };

  const later = () => {
    timer ??= options.clock.after(gatherMs, send);
  };

  return {
    set(key, value) {
      if (same(state[key], value)) return;
      state = { ...state, [key]: value };
      set[key] = value;
      later();
    },
    replace(key, members) {
      const before = state[key] as Readonly<Record<string, Member<typeof key>>>;
      // A platform chooses the ids: none of them may be a word that every object knows.
      const after = new Map<string, Member<typeof key>>();
      const fresh: Member<typeof key>[] = [];
      for (const member of members) {
        const old = own(before, member.id);
        const isOld = old !== undefined && same(old, member);
        after.set(member.id, isOld ? old : member);
        if (!isOld) fresh.push(member);
      }
      if (fresh.length > 0)
        put[key] = Object.fromEntries([
          ...Object.entries(put[key] ?? {}),
          ...fresh.map((member) => [member.id, member] as const),
        ]);
      const gone = Object.keys(before).filter((id) => !after.has(id));
      for (const id of gone) {
        delete put[key]?.[id];
        if (put[key] !== undefined && Object.keys(put[key]).length === 0) delete put[key];
      }
      if (fresh.length === 0 && gone.length === 0) return;
      if (gone.length > 0) drop[key] = [...(drop[key] ?? []), ...gone];
      state = { ...state, [key]: Object.fromEntries(after) };
      later();
    },
    read: () => state,
    snapshot() {
      // What is waiting is in the state already: it leaves first, so that the
      // snapshot's revision covers it and nobody applies it twice.
      send();
      return { side: 'engine', epoch: options.epoch, revision, state };
    },
    flush: send,
  };
}

/** Deep equality of plain data, which is all that is published. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keysOfA = Object.keys(a);
  const keysOfB = Object.keys(b);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keysOfA.length === keysOfB.length &&
    keysOfA.every(
      (key) =>
        Object.hasOwn(b, key) &&
        same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
