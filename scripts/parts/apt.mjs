// @ts-check
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { withProgress } from './progress.mjs';
import { runCaptured, runOrFail } from './run.mjs';
import { StepFailed } from './step-failed.mjs';

const aptGet = '/usr/bin/apt-get';
/** Debian asks this file before a package starts its service; status 101 means no. */
const servicePolicy = '/usr/sbin/policy-rc.d';

/**
 * Installs Debian packages as root; for anyone else, stops with the command to run.
 * @param {readonly string[]} packages
 * @param {string} purpose what they are for, as in "Electron needs system libraries"
 */
export async function installPackages(packages, purpose) {
  if (!existsSync(aptGet)) {
    throw new StepFailed(`${purpose}. Install what Debian calls: ${packages.join(' ')}`);
  }
  if (process.getuid?.() !== 0) {
    throw new StepFailed(
      `${purpose}. Run this, then try again:\n  sudo apt-get install -y ${packages.join(' ')}`,
    );
  }
  await withProgress(`Installing system packages (${packages.length})`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runOrFail(aptGet, ['update', '-qq'], { env, purpose: 'Refreshing the package lists' });
    const names = await Promise.all(packages.map(currentName));
    await withoutStartingServices(() =>
      runOrFail(aptGet, ['install', '-y', '-qq', '--no-install-recommends', ...names], {
        env,
        purpose: 'Installing system packages',
      }),
    );
  });
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries when time became 64 bits wide.
 * @param {string} name
 */
async function currentName(name) {
  const renamed = await runCaptured('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
  return renamed.status === 0 ? `${name}t64` : name;
}

/**
 * Tests start servers of their own on free ports: the packages must not open port 22 or 80 of a developer's machine.
 * @param {() => Promise<void>} install
 */
async function withoutStartingServices(install) {
  const ours = !existsSync(servicePolicy);
  if (ours) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (ours) rmSync(servicePolicy, { force: true });
  }
}
