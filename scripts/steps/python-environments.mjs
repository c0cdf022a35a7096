// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userCache } from '../parts/paths.mjs';
import { withProgress } from '../parts/progress.mjs';
import { runCaptured } from '../parts/run.mjs';

/** A large package comes slowly over a slow line; one that stands still for this long does not come. In ms. */
const deadline = 30 * 60_000;

/**
 * Makes virtual environments of Python that suites of the outside use, each once, in the person's cache.
 * @param {Readonly<Record<string, readonly string[]>>} wanted packages by the name of their environment
 * @returns {Promise<{ folders: Record<string, string>, missing: Record<string, string> }>} where each is, or why it is not
 */
export async function ensurePythonEnvironments(wanted) {
  /** @type {Record<string, string>} */
  const folders = {};
  /** @type {Record<string, string>} */
  const missing = {};
  for (const [name, packages] of Object.entries(wanted)) {
    const key = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
    const folder = join(userCache(), 'python', `${name}-${key}`);
    if (!existsSync(join(folder, 'complete'))) {
      const reason = await withProgress(`Getting ${packages.join(', ')} from the Python index`, () =>
        make(folder, packages),
      );
      if (reason !== undefined) {
        missing[name] = reason;
        process.stderr.write(`${name} is left out: ${reason}\n`);
        continue;
      }
    }
    folders[name] = folder;
  }
  return { folders, missing };
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages
 * @returns {Promise<string | undefined>} why it was not made
 */
async function make(folder, packages) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = await runCaptured('python3', ['-m', 'venv', folder], { deadline: 120_000 });
  if (made.status !== 0) return lastLine(made.output) ?? 'python3 makes no virtual environment';
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const flags = ['--disable-pip-version-check', '--no-input', '--prefer-binary', '--quiet'];
  const installed = await runCaptured(python, ['-m', 'pip', 'install', ...flags, ...packages], { deadline });
  if (installed.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return lastLine(installed.output) ?? 'the Python index could not be reached';
  }
  writeFileSync(join(folder, 'complete'), `${packages.join('\n')}\n`);
  return undefined;
}

/** @param {string} output */
const lastLine = (output) => output.trim().split('\n').at(-1)?.slice(0, 200) || undefined;
