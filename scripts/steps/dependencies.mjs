// @ts-check
import { statSync } from 'node:fs';
import { inRoot } from '../parts/paths.mjs';
import { withProgress } from '../parts/progress.mjs';
import { npm, runOrFail } from '../parts/run.mjs';
import { fingerprintOfContents } from '../parts/stamps.mjs';
import { stamps } from './checkout-stamps.mjs';

const stamp = 'dependencies';
const inputs = [inRoot('package-lock.json'), inRoot('.npmrc')];
/** npm writes this file last: it stands only in a tree that is complete. */
const installedLock = inRoot('node_modules', '.package-lock.json');

/**
 * Installs exactly what the lock file says, when that or npm's settings changed since the last time.
 * @returns {Promise<{ fresh: boolean }>} fresh: `node_modules` was laid anew
 */
export async function installDependencies() {
  const fingerprint = fingerprintOfContents(inputs);
  const installed = statSync(installedLock, { throwIfNoEntry: false });
  if (installed !== undefined && stamps.matches(stamp, fingerprint)) return { fresh: false };
  if (installed !== undefined && inputs.every((file) => isOlder(file, installed.mtimeMs))) {
    // Somebody ran npm by hand after the last change: that counts.
    stamps.write(stamp, fingerprint);
    return { fresh: false };
  }
  stamps.clear(stamp);
  // Said explicitly, because NODE_ENV or a person's npm settings may leave out what the build needs.
  const [program, args] = npm(['ci', '--include=dev', '--include=optional', '--loglevel=error']);
  await withProgress('Installing npm packages', () => runOrFail(program, args, { purpose: 'npm ci' }));
  stamps.write(stamp, fingerprint);
  return { fresh: true };
}

/**
 * @param {string} file
 * @param {number} time ms since the epoch
 */
function isOlder(file, time) {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined || stats.mtimeMs < time;
}
