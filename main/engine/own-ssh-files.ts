import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { ConfigFiles } from './connections/index.ts';

/** The person's own SSH files, read and never written. */
export const ownSshFiles = (home: string = homedir().replaceAll('\\', '/')): ConfigFiles => ({
  home,
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
  list: (folder) => readdir(folder).catch(() => []),
});

/** The agent that runs: OpenSSH's socket, on Windows its pipe (learn.microsoft.com, OpenSSH key management). */
export const ownAgent = (): string | undefined =>
  process.env.SSH_AUTH_SOCK ?? (process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined);
