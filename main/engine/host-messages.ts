import type { Change } from '../../shared/contract/state.ts';
import type { Memory } from '../../shared/model/memory.ts';
import type { Result } from '../../shared/result.ts';

/** The exit status of an engine that fell over by itself: with what it was given it cannot run (sysexits.h: EX_SOFTWARE). */
export const fellOver = 70;

/** What the shell tells the engine's process. `call` numbers a request, `ask` a question for a secret. */
export type ToEngine =
  | {
      readonly kind: 'start';
      readonly epoch: string;
      readonly memory: Memory;
      /** A folder of the engine's own, absolute. */
      readonly folder: string;
    }
  | { readonly kind: 'request'; readonly call: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly call: number }
  | { readonly kind: 'secret'; readonly ask: number; readonly text?: string; readonly kept?: boolean }
  /** The desktop's ways to an address, as in `PROXY a.example:3128; DIRECT`. */
  | { readonly kind: 'routes'; readonly ask: number; readonly text: string }
  | { readonly kind: 'hidden'; readonly hidden: boolean }
  /** The machine woke up or the network changed: ask every link at once. */
  | { readonly kind: 'nudge' }
  | { readonly kind: 'stop' };

/** What the engine's process tells the shell. */
export type FromEngine =
  | { readonly kind: 'started' }
  | { readonly kind: 'answer'; readonly call: number; readonly result: Result<unknown> }
  | { readonly kind: 'change'; readonly change: Change<'engine'> }
  | { readonly kind: 'remember'; readonly memory: Memory }
  | { readonly kind: 'secret.read'; readonly ask: number; readonly id: string }
  | { readonly kind: 'routes.find'; readonly ask: number; readonly url: string }
  | {
      readonly kind: 'secret.write';
      readonly id: string;
      readonly text: string;
      readonly keep?: 'session';
    }
  | { readonly kind: 'secret.forget'; readonly id: string }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly event: string;
      readonly details?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'stopped' };
