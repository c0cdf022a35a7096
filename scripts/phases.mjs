// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readPlaywrightCounts, readVitestCounts } from './parts/counts.mjs';
import { checkoutCache, inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { readPlaywrightSkipped, readVitestSkipped } from './parts/skipped.mjs';
import { build } from './steps/build.mjs';
import { electronEnvironment, ensureElectron } from './steps/electron.mjs';
import { ensureSystemLibraries } from './steps/system-libraries.mjs';
import { ensureScreen, ensureTestPrograms } from './steps/test-programs.mjs';

/**
 * @typedef {object} PhaseInput
 * @property {boolean} fresh node_modules was laid anew in this run
 * @property {readonly string[]} words more arguments for the phase's program
 */

/**
 * @typedef {object} PhaseResult
 * @property {number} status
 * @property {import('./parts/counts.mjs').Counts} [counts] of the tests that it ran
 * @property {readonly string[]} [skipped] the names of those that it did not run
 */

/** @type {Readonly<Record<string, (input: PhaseInput) => Promise<PhaseResult>>>} in the order in which they run */
export const phases = {
  format: ({ words }) => tool(['@biomejs', 'biome', 'bin', 'biome'], ['format', ...words]),
  types: ({ words }) => tool(['typescript', 'bin', 'tsc'], ['-b', ...words]),
  lint: ({ words }) => tool(['@biomejs', 'biome', 'bin', 'biome'], ['lint', '--error-on-warnings', ...words]),
  unit: async ({ words }) => {
    await ensureTestPrograms({ optional: true });
    return vitest('unit', words);
  },
  build: async () => {
    await build();
    return { status: 0 };
  },
  integration: async ({ words }) => {
    await build();
    await ensureTestPrograms();
    return vitest('integration', ['--project', 'integration-alone', ...words]);
  },
  e2e: async ({ fresh, words }) => {
    await ensureScreen();
    await ensureTestPrograms();
    const electron = await ensureElectron({ retryDownload: fresh });
    await ensureSystemLibraries(electron);
    await build();
    return playwright(words, electronEnvironment(electron));
  },
};

/**
 * @param {readonly string[]} script its path in node_modules
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<PhaseResult>}
 */
async function tool(script, args, env) {
  return { status: await runShown(process.execPath, [inRoot('node_modules', ...script), ...args], { env }) };
}

/**
 * @param {string} project
 * @param {readonly string[]} words
 * @returns {Promise<PhaseResult>}
 */
async function vitest(project, words) {
  const report = freshReport(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, ...reporters, ...words];
  // A unit that imports the electron package gets a path, never a download.
  const env = { ELECTRON_OVERRIDE_DIST_PATH: process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '/nonexistent' };
  const { status } = await tool(['vitest', 'vitest.mjs'], args, env);
  const read = readReport(report);
  return { status, counts: readVitestCounts(read), skipped: readVitestSkipped(read) };
}

/**
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<PhaseResult>}
 */
async function playwright(words, env) {
  const report = freshReport('e2e');
  const runner = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const args = [runner, 'test', '--reporter=list,json', ...words];
  const options = { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } };
  // Two screens for two tests at a time: on one, windows would take the focus from each other.
  const screen = ['-a', '-s', '-screen 0 1600x1000x24'];
  const other = 'GEARWAY_OTHER_DISPLAY="$DISPLAY" GEARWAY_OTHER_XAUTHORITY="$XAUTHORITY" exec xvfb-run "$@"';
  const status =
    process.platform === 'linux'
      ? await runShown(
          'xvfb-run',
          [...screen, 'sh', '-c', other, 'sh', ...screen, process.execPath, ...args],
          options,
        )
      : await runShown(process.execPath, args, options);
  const read = readReport(report);
  return { status, counts: readPlaywrightCounts(read), skipped: readPlaywrightSkipped(read) };
}

/** @param {string} name */
function freshReport(name) {
  const file = join(checkoutCache, 'reports', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {unknown} undefined when the runner wrote none
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
