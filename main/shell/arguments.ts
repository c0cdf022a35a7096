import { resolve } from 'node:path';

/** What the command line asks of the application. */
export interface Arguments {
  /** Start on the local platform, without an account. */
  readonly demo: boolean;
  /** Keep everything apart in this folder; absolute. */
  readonly userDataFolder?: string;
}

/** Reads our own flags and leaves Chromium's alone. */
export function readArguments(args: readonly string[]): Arguments {
  const folder = args.find((arg) => arg.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length);
  return {
    demo: args.includes('--demo'),
    ...(folder === undefined || folder === '' ? {} : { userDataFolder: resolve(folder) }),
  };
}
