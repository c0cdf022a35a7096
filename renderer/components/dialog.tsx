import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import css from './dialog.module.css';

/** A window in the window, for one short job. */
export function Dialog({
  open,
  title,
  text,
  wide = false,
  onClose,
  children,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly text?: ReactNode;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={css.backdrop} />
        <BaseDialog.Popup className={css.popup} data-wide={wide}>
          <BaseDialog.Title className={css.title}>{title}</BaseDialog.Title>
          {text !== undefined && <BaseDialog.Description className={css.text}>{text}</BaseDialog.Description>}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** Asks before something that costs or ends things. */
export function Confirm({
  open,
  title,
  text,
  action,
  danger = false,
  onConfirm,
  onClose,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { texts } = useWords();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={css.backdrop} />
        <AlertDialog.Popup className={css.popup}>
          <AlertDialog.Title className={css.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={css.text}>{text}</AlertDialog.Description>
          <div className={css.actions}>
            <AlertDialog.Close render={<Button>{texts.app.cancel}</Button>} />
            <AlertDialog.Close
              render={<Button look={danger ? 'danger' : 'primary'}>{action}</Button>}
              onClick={onConfirm}
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Where a dialog's buttons stand. */
export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <div className={css.actions}>{children}</div>
);

/** The two buttons of a form in a dialog: leave it, or send it. */
export function FormActions({
  action,
  busy,
  disabled = false,
  onCancel,
}: {
  readonly action: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
}) {
  const { texts } = useWords();
  return (
    <DialogActions>
      <Button onClick={onCancel}>{texts.app.cancel}</Button>
      <Button look="primary" type="submit" busy={busy} disabled={disabled}>
        {action}
      </Button>
    </DialogActions>
  );
}
