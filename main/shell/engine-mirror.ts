import { applyEngineChange } from '../../shared/contract/apply-change.ts';
import { type Change, type EngineState, initialEngineState } from '../../shared/contract/state.ts';

/**
 * The engine's state as the shell knows it: for the tray, notifications and the list of what happened. The shell
 * hears every engine from its first word on, so that a new epoch begins with an empty state and nothing is missed.
 */
interface EngineMirror {
  read(): EngineState;
  hear(change: Change<'engine'>): void;
}

export function createEngineMirror(
  onChange: (before: EngineState, after: EngineState) => void,
): EngineMirror {
  let epoch: string | undefined;
  let state = initialEngineState;
  return {
    read: () => state,
    hear(change) {
      const before = change.epoch === epoch ? state : initialEngineState;
      epoch = change.epoch;
      state = applyEngineChange(before, change);
      onChange(before, state);
    },
  };
}
