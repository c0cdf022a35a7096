import { useCallback } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../../components/dialog.tsx';
import { show, useEngine, useOpenDialog } from '../../store/context.ts';
import { dialogs } from '../../store/dialogs.ts';
import { useWords } from '../../words/use-words.ts';
import { DiagnosticsDialog } from '../accounts/index.ts';
import { ConnectionDialog, ImportDialog } from '../connections/index.ts';
import { CreationDialog } from '../creation/index.ts';
import { SignInForm } from '../first-run/index.ts';
import { EditLaunchDialog, LaunchDialog } from '../launch/index.ts';
import { AddServiceDialog } from '../services/index.ts';

/** What makes something new, wherever it was asked for: its page, the palette, a link. */
export function NewDialogs() {
  const { accounts } = useWords().texts;
  const open = useOpenDialog();
  const linked = useStore(dialogs, ({ connection }) => connection);
  const about = useStore(dialogs, (all) => all.about);
  const isSignedIn = useEngine((engine) => engine.session.kind === 'open');
  const container = useEngine((engine) => (about === undefined ? undefined : engine.containers[about]));
  const launch = useEngine((engine) => (about === undefined ? undefined : engine.launches[about]));
  const close = useCallback(() => {
    // A late answer closes what it belongs to, and nothing that came after it.
    if (dialogs.getState().open === open) show('none');
    dialogs.getState().offerConnection(undefined);
  }, [open]);
  if (open === 'new-connection') return <ConnectionDialog linked={linked} onClose={close} />;
  if (open === 'new-connections') return <ImportDialog onClose={close} />;
  if (!isSignedIn) return null;
  if (open === 'new-service') return <AddServiceDialog onClose={close} />;
  if (open === 'new-container') return <CreationDialog onClose={close} />;
  if (open === 'diagnostics') return <DiagnosticsDialog onClose={close} />;
  if ((open === 'edit-launch' || open === 'edit-launch-open') && launch !== undefined)
    return <EditLaunchDialog launch={launch} onAll={open === 'edit-launch-open'} onClose={close} />;
  if (open === 'new-launch' && container !== undefined)
    return <LaunchDialog container={container} onClose={close} />;
  if (open !== 'new-account') return null;
  return (
    <Dialog open title={accounts.add} onClose={close}>
      <SignInForm disabled={false} onDone={close} />
    </Dialog>
  );
}
