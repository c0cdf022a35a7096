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
  /**
   * Hears what menus, tray and links ask of the window. Listen before `ready`: what came earlier arrives then. A command
   * counts as followed when the listener has returned; until then it comes again after the page was loaded anew.
   */
  onCommand(listener: (command: WindowCommand) => void): () => void;
}

/** A command on its way to the window, and the number by which the window says that it has followed it. */
export type NumberedCommand = readonly [number: number, command: WindowCommand];

/** Channel names between preload and shell. */
export const channels = {
  request: 'gearway:request',
  cancel: 'gearway:cancel',
  change: 'gearway:change',
  command: 'gearway:command',
  followed: 'gearway:followed',
  ready: 'gearway:ready',
} as const;
