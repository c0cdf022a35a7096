// @ts-check
import { StepFailed } from './step-failed.mjs';

/**
 * Splits what follows `npm run test:e2e --`: names of phases after `--only`, the rest goes to the program of the last one.
 * @param {readonly string[]} words
 * @param {readonly string[]} names the phases there are
 * @returns {{ only: readonly string[], rest: readonly string[] }} only: all names when none was given
 */
export function readPhaseArguments(words, names) {
  const [flag, list = ''] = words;
  if (flag !== '--only') return { only: names, rest: words };
  const asked = list.split(',');
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new StepFailed(`There is no phase "${unknown}"; there are: ${names.join(', ')}.`, 2);
  return { only: asked, rest: words.slice(2) };
}

/**
 * What Electron is started with.
 * @param {object} options
 * @param {string} options.folder the application's folder; first, so that the application finds its own words after it
 * @param {boolean} options.asRoot Chromium's sandbox refuses to start as root on Linux
 * @param {readonly string[]} options.words what the person wrote after `npm start --`
 * @returns {string[]}
 */
export function electronArguments({ folder, asRoot, words }) {
  // Only here, in development: what is shipped always has its sandbox.
  return [folder, ...(asRoot ? ['--no-sandbox'] : []), ...words];
}
