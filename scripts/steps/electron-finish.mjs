// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const defaultApp = fileURLToPath(new URL('../electron-default-app', import.meta.url));

/**
 * Sets the two switches in the executable that differ from a stock Electron. The packages are loaded here, because they
 * are not there yet when the scripts start on a fresh clone.
 * @param {string} executable
 */
export async function setFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright drives Electron through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * Packs the application that Electron starts when it is given a folder, as in `electron .`.
 * @param {string} resources
 */
export async function writeDefaultApp(resources) {
  const { createPackage } = await import('@electron/asar');
  await createPackage(defaultApp, join(resources, 'default_app.asar'));
}
