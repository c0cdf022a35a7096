import { useCallback } from 'react';
import { useStore } from 'zustand';
import { show, useEngine, useOpenDialog } from '../../store/context.ts';
import { dialogs } from '../../store/dialogs.ts';
import { ConnectionDialog } from '../connections/connection-dialog.tsx';
import { CreationDialog } from '../creation/creation-dialog.tsx';
import { AddServiceDialog } from '../services/add-service-dialog.tsx';

/** What makes something new, wherever it was asked for: its page, the palette, a link. */
export function NewDialogs() {
  const open = useOpenDialog();
  const linked = useStore(dialogs, ({ connection }) => connection);
  const isSignedIn = useEngine((engine) => engine.session.kind === 'open');
  const close = useCallback(() => {
    // A late answer closes what it belongs to, and nothing that came after it.
    if (dialogs.getState().open === open) show('none');
    dialogs.getState().offerConnection(undefined);
  }, [open]);
  if (open === 'new-connection') return <ConnectionDialog linked={linked} onClose={close} />;
  if (!isSignedIn) return null;
  if (open === 'new-service') return <AddServiceDialog onClose={close} />;
  if (open === 'new-container') return <CreationDialog onClose={close} />;
  return null;
}
