import { type Change, collections, type EngineState } from './state.ts';

/** The engine's state after one change. The change must be the next one of the same epoch. */
export function applyEngineChange(state: EngineState, change: Change<'engine'>): EngineState {
  let next: Readonly<Record<string, unknown>> = { ...state, ...change.set };
  for (const key of collections) {
    const put = change.put?.[key];
    const drop = change.drop?.[key];
    if (put === undefined && drop === undefined) continue;
    const members: Record<string, unknown> = { ...(next[key] as object), ...put };
    for (const id of drop ?? []) delete members[id];
    next = { ...next, [key]: members };
  }
  return next as unknown as EngineState;
}
