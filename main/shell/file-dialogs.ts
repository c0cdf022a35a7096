import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';

/** A kind of file as the system's dialogs name it. */
export interface FileKind {
  /** Without its ending. */
  readonly name: string;
  readonly ending: string;
  /** "JSON", "Text". */
  readonly label: string;
}

/** The system's dialogs for one file. `undefined` when the person chose none. */
export interface FileDialogs {
  save(kind: FileKind): Promise<string | undefined>;
  open(kind: Pick<FileKind, 'ending' | 'label'>): Promise<string | undefined>;
}

/** A dialog belongs to the window when there is one, so that it cannot be lost behind it. */
export function createFileDialogs(window: () => BrowserWindow | undefined): FileDialogs {
  return {
    async save({ name, ending, label }) {
      const options = {
        defaultPath: join(app.getPath('documents'), `${name}.${ending}`),
        filters: [{ name: label, extensions: [ending] }],
      };
      const parent = window();
      const answer = await (parent === undefined
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return answer.canceled || answer.filePath === '' ? undefined : answer.filePath;
    },
    async open({ ending, label }) {
      const options = {
        properties: ['openFile' as const],
        filters: [{ name: label, extensions: [ending] }],
      };
      const parent = window();
      const answer = await (parent === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return answer.canceled ? undefined : answer.filePaths[0];
    },
  };
}
