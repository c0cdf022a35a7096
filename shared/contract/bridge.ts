import type { Result } from '../result.ts';
import type { WindowCommand } from './commands.ts';
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
  /** Hears what menus, tray and links ask of the window. Listen before `ready`: what came earlier arrives then. */
  onCommand(listener: (command: WindowCommand) => void): () => void;
}

/** Channel names between preload and shell. */
export const channels = {
  request: 'gearway:request',
  cancel: 'gearway:cancel',
  change: 'gearway:change',
  command: 'gearway:command',
  ready: 'gearway:ready',
} as const;
