import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why the application's own folder cannot be used: the system's code, as in `EROFS`. `undefined` where it can. */
export function folderProblem(folder: string): string | undefined {
  try {
    make(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** Node's own way of making parents goes round for ever where a folder that is there takes none, as below `/proc`. */
function make(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) make(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Made a moment ago by somebody else, or long there; a file in its place answers below.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}
