import type { Result } from '../result.ts';
import type { Change } from './state.ts';

/** What the preload script gives the window as `window.gearway`. Nothing else crosses. */
export interface Bridge {
  /** Sends one request; `callId` (unique in the window) lets it be cancelled. */
  request(name: string, input: unknown, callId: number): Promise<Result<unknown>>;
  cancel(callId: number): void;
  /** Says once that the first screen can be used. */
  ready(): void;
  /** Hears every change of both sides' state. Gives the way to stop. */
  onChange(listener: (change: Change) => void): () => void;
}

/** Channel names between preload and shell. */
export const channels = {
  request: 'gearway:request',
  cancel: 'gearway:cancel',
  change: 'gearway:change',
  ready: 'gearway:ready',
} as const;
