import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useWords } from '../../words/use-words.ts';
import css from './toasts.module.css';

const manager = Toast.createToastManager();
/** Long enough to read it and reach it, in ms; it stands still while it is pointed at or has the focus. */
const shownMs = 8_000;

/** Says for a while that something is done, where there is no better place for it. */
export function say(text: string, action?: { readonly text: string; readonly onChoose: () => void }): void {
  const id = manager.add({
    title: text,
    timeout: shownMs,
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.text,
            onClick() {
              manager.close(id);
              action.onChoose();
            },
          },
        }),
  });
}

/** Where such sayings stand: at the foot of the window, one over the other; F6 leads there. */
export function Toasts() {
  const { app } = useWords().texts;
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={css.viewport} aria-label={app.news}>
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown() {
  const { app } = useWords().texts;
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={css.toast} swipeDirection="down">
      <Toast.Content className={css.content}>
        {/* Its name, for those who come to it by F6. */}
        <Toast.Title className={css.text} render={<p />} />
        {toast.actionProps !== undefined && <Toast.Action className={css.action} />}
        <Toast.Close className={css.close} aria-label={app.close}>
          <X aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
