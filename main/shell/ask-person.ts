import { type BrowserWindow, dialog } from 'electron';
import type { Question } from './links/index.ts';

/** Dialogs of the system: no page can imitate or press them. */
export function createAsk(window: () => BrowserWindow | undefined): {
  ask(question: Question): Promise<boolean>;
  say(text: string): Promise<void>;
} {
  const show = (options: Electron.MessageBoxOptions) => {
    const parent = window();
    return parent === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options);
  };
  return {
    async ask({ title, detail, agree, refuse }) {
      const { response } = await show({
        type: 'question',
        message: title,
        detail,
        buttons: [agree, refuse],
        // Enter and Escape refuse: nobody agrees by typing on.
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
    async say(text) {
      await show({ type: 'info', message: text });
    },
  };
}
