import { createStore } from 'zustand/vanilla';
import type { LinkedConnection } from '../../shared/contract/commands.ts';

/** What stands over every place and can be asked for from anywhere: by a button, a key, a menu, a link. */
export type OpenDialog = 'none' | 'palette' | 'export' | 'import' | 'diagnostics' | NewThing;

/** What is made in a dialog, from its page and from the palette. */
export type NewThing =
  | 'new-service'
  | 'new-connection'
  /** Several, from the SSH configuration. */
  | 'new-connections'
  | 'new-container'
  | 'new-account'
  /** A service that is started in the container which the dialog is about. */
  | 'new-launch'
  /** One that was started, with other values. */
  | 'edit-launch'
  /** The same, so that it listens on all addresses. */
  | 'edit-launch-open';

interface Dialogs {
  readonly open: OpenDialog;
  /** From a link that the person allowed: the form for a new connection takes it and fills itself in. */
  readonly connection: LinkedConnection | undefined;
  /** The id of what it is about, where it is about something. */
  readonly about: string | undefined;
  show(open: OpenDialog, about?: string): void;
  offerConnection(connection: LinkedConnection | undefined): void;
}

export const dialogs = createStore<Dialogs>((set) => ({
  open: 'none',
  connection: undefined,
  about: undefined,
  show: (open, about) => set({ open, about }),
  offerConnection: (connection) => set({ connection }),
}));
