import { Toasts } from '../toasts/toasts.tsx';
import { TransferDialogs } from '../transfer/transfer-dialogs.tsx';

/** What can stand over every place, signed in or not. */
export function Overlays() {
  return (
    <>
      <TransferDialogs />
      <Toasts />
    </>
  );
}
