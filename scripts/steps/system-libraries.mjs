// @ts-check
import { installPackages } from '../parts/apt.mjs';
import { runCaptured } from '../parts/run.mjs';
import { StepFailed } from '../parts/step-failed.mjs';
import { stamps } from './checkout-stamps.mjs';

const stamp = 'system-libraries';

/** Debian's names of what Electron links to or opens while it runs. */
const packages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libnotify4',
];

/**
 * Makes sure that the system has every library that Electron's executable links to. Asked once for each runtime.
 * @param {import('./electron.mjs').ElectronRuntime} runtime
 */
export async function ensureSystemLibraries({ executable, version }) {
  if (process.platform !== 'linux') return;
  const fingerprint = `${executable} ${version}`;
  if (stamps.matches(stamp, fingerprint)) return;
  if ((await missing(executable)).length > 0) {
    await installPackages(packages, 'Electron needs system libraries');
    const still = await missing(executable);
    if (still.length > 0) throw new StepFailed(`Electron still misses system libraries: ${still.join(', ')}`);
  }
  stamps.write(stamp, fingerprint);
}

/** @param {string} executable */
async function missing(executable) {
  const { output } = await runCaptured('ldd', [executable]);
  return readMissingLibraries(output);
}

/**
 * @param {string} output what `ldd` printed
 * @returns {string[]} the names of the libraries that it did not find
 */
export function readMissingLibraries(output) {
  return [...output.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name);
}
