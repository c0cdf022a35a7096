import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import type { ConfigFiles, Surroundings } from './types.ts';

/** The person's own SSH files, read and never written. */
export const ownSshFiles = (home: string = homedir().replaceAll('\\', '/')): ConfigFiles => ({
  home,
  read: (path, mostBytes) => readOrdinary(path, mostBytes).catch(() => undefined),
  async stamp(path) {
    const found = await stat(path).catch(() => undefined);
    return found === undefined ? undefined : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
  },
  list: (folder) => readdir(folder).catch(() => []),
});

/**
 * A device never ends and a pipe never begins: only an ordinary file is read, and no more of it than is asked for. It is
 * looked at after it was opened, so that it cannot be another one meanwhile.
 */
async function readOrdinary(path: string, mostBytes: number): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await file.stat();
    if (!(await file.stat()).isFile() || size > mostBytes) return undefined;
    const buffer = Buffer.alloc(Math.min(size + 1, mostBytes + 1));
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === buffer.length) break;
    }
    return filled > mostBytes ? undefined : buffer.toString('utf8', 0, filled);
  } finally {
    await file.close();
  }
}

/** What OpenSSH takes from this computer. */
export const ownSurroundings = (home: string): Surroundings => {
  const { username, uid } = userInfo();
  return {
    home,
    userName: username,
    userId: String(uid),
    hostName: hostname(),
    env: (name) => process.env[name],
  };
};
