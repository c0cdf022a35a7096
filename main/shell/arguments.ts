import { resolve } from 'node:path';

/** The word that the login item carries. */
export const hiddenFlag = '--hidden';

/** What the command line asks of the application. */
export interface Arguments {
  /** Start on the local platform, without an account. */
  readonly demo: boolean;
  /** Started by the system's login: wait in the tray, without a window. */
  readonly hidden: boolean;
  /** Keep everything apart in this folder; absolute. */
  readonly userDataFolder?: string;
}

/** Reads our own flags and leaves Chromium's alone. */
export function readArguments(args: readonly string[]): Arguments {
  const folder = args.find((arg) => arg.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length);
  return {
    demo: args.includes('--demo'),
    hidden: args.includes(hiddenFlag),
    ...(folder === undefined || folder === '' ? {} : { userDataFolder: resolve(folder) }),
  };
}
