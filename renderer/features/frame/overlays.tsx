import { lazy, Suspense } from 'react';
import { useOpenDialog } from '../../store/context.ts';
import { Hints } from '../hints/index.ts';
import { Toasts } from '../toasts/index.ts';
import { TransferDialogs } from '../transfer/index.ts';
import { AgentQuestion } from './agent-question.tsx';

/** A new user has no use for it before the first screen is left. */
const NewDialogs = lazy(() =>
  import('./new-dialogs.tsx').then(({ NewDialogs: loaded }) => ({ default: loaded })),
);

/** What can stand over every place, signed in or not. */
export function Overlays() {
  const open = useOpenDialog();
  return (
    <>
      <AgentQuestion />
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
