import type { Change, EngineState, Snapshot } from '../../shared/contract/state.ts';
import type { Result } from '../../shared/result.ts';

/** Counts up with each change that a program of before would not understand. */
export const controlVersion = 1;

/** The first line from whoever attaches. */
export interface Hello {
  readonly gearway: number;
  /** Of the program, for people. */
  readonly version: string;
  readonly key: string;
}

/** One JSON object a line. `call` numbers a request; `follow` asks for the state and all its changes. */
export type ToControl =
  | { readonly kind: 'ask'; readonly call: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly call: number }
  | { readonly kind: 'follow' }
  /** Ends the engine, where it runs in the background; a window's goes on. */
  | { readonly kind: 'end' };

export type FromControl =
  | { readonly kind: 'welcome'; readonly version: string; readonly host: ControlHost }
  | { readonly kind: 'refused'; readonly why: 'version' | 'key'; readonly version: string }
  | { readonly kind: 'answer'; readonly call: number; readonly result: Result<unknown> }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot<'engine'> }
  | { readonly kind: 'change'; readonly change: Change<'engine'> };

/** Who keeps this engine alive. */
export interface ControlHost {
  readonly kind: 'window' | 'background';
  readonly pid: number;
}

export type { EngineState };
