import { accessSync, constants, mkdirSync } from 'node:fs';

/** Why the application's own folder cannot be used: the system's code, as in `EROFS`. `undefined` where it can. */
export function folderProblem(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
