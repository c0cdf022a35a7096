import { lazy, Suspense } from 'react';
import { useOpenDialog } from '../../store/context.ts';
import { Hints } from '../hints/hints.tsx';
import { Toasts } from '../toasts/toasts.tsx';
import { TransferDialogs } from '../transfer/transfer-dialogs.tsx';

/** A new user has no use for it before the first screen is left. */
const NewDialogs = lazy(() =>
  import('./new-dialogs.tsx').then(({ NewDialogs: loaded }) => ({ default: loaded })),
);

/** What can stand over every place, signed in or not. */
export function Overlays() {
  const open = useOpenDialog();
  return (
    <>
      <TransferDialogs />
      {(open.startsWith('new-') || open === 'diagnostics') && (
        <Suspense fallback={null}>
          <NewDialogs />
        </Suspense>
      )}
      <Toasts />
      <Hints />
    </>
  );
}
