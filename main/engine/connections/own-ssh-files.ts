import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { ConfigFiles } from './read-config.ts';

/** The person's own SSH files, read and never written. */
export const ownSshFiles = (home: string = homedir().replaceAll('\\', '/')): ConfigFiles => ({
  home,
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
  list: (folder) => readdir(folder).catch(() => []),
});
