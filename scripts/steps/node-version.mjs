// @ts-check
import { StepFailed } from '../parts/step-failed.mjs';

/** The first Node.js that loads ES modules by `require`, which Electron's installer does. */
const needed = [20, 19];

/** @param {string} [version] as `process.versions.node` gives it */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new StepFailed(`Gearway needs Node.js ${needed.join('.')} or newer; this is ${version}.`);
}
