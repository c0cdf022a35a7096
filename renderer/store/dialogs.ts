import { createStore } from 'zustand/vanilla';
import type { LinkedConnection } from '../../shared/contract/commands.ts';

/** What stands over every place and can be asked for from anywhere: by a button, a key, a menu, a link. */
export type OpenDialog = 'none' | 'palette' | 'export' | 'import' | NewThing;

/** What is made in a dialog, from its page and from the palette. */
export type NewThing = 'new-service' | 'new-connection' | 'new-container';

interface Dialogs {
  readonly open: OpenDialog;
  /** From a link that the person allowed: the form for a new connection takes it and fills itself in. */
  readonly connection: LinkedConnection | undefined;
  show(open: OpenDialog): void;
  offerConnection(connection: LinkedConnection | undefined): void;
}

export const dialogs = createStore<Dialogs>((set) => ({
  open: 'none',
  connection: undefined,
  show: (open) => set({ open }),
  offerConnection: (connection) => set({ connection }),
}));
