import type { ElectronApplication } from '@playwright/test';

/** The next file that is saved goes here: the system's own dialog cannot be pressed. */
export const saveTo = (electron: ElectronApplication, file: string): Promise<void> =>
  electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog;
  }, file);

/** The next file that is opened is this one. */
export const openFrom = (electron: ElectronApplication, file: string): Promise<void> =>
  electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = (async () => ({
      canceled: false,
      filePaths: [filePath],
    })) as typeof dialog.showOpenDialog;
  }, file);
