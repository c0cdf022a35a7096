// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stamps remember what a step was last done for. A step clears its stamp before it begins and writes it after it
 * succeeded, so that one that was interrupted is done again.
 * @param {string} folder
 */
export function openStamps(folder) {
  return {
    /**
     * @param {string} name
     * @param {string} fingerprint
     */
    matches(name, fingerprint) {
      const file = join(folder, name);
      return existsSync(file) && readFileSync(file, 'utf8') === fingerprint;
    },
    /** @param {string} name */
    clear(name) {
      rmSync(join(folder, name), { force: true });
    },
    /**
     * @param {string} name
     * @param {string} fingerprint
     */
    write(name, fingerprint) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), fingerprint);
    },
  };
}

/**
 * What the files say: for a few small ones.
 * @param {readonly string[]} files a missing one counts as absent, not as empty
 */
export function fingerprintOfContents(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    if (existsSync(file)) hash.update(readFileSync(file));
    else hash.update('absent');
  }
  return hash.digest('hex');
}

/**
 * Names, sizes and times of the files below some folders: a few milliseconds for hundreds of them.
 * @param {readonly string[]} paths files or folders; a missing one counts as empty
 * @param {(path: string) => boolean} [counts] which files matter
 */
export function fingerprintOfTrees(paths, counts = () => true) {
  const hash = createHash('sha256');
  for (const path of paths) visit(path);
  return hash.digest('hex');

  /** @param {string} path */
  function visit(path) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else if (stats !== undefined && counts(path)) {
      hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
    }
  }
}
