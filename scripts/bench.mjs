// @ts-check
// `npm run bench -- NAME [--json FILE]`: bundles bench/ with the bundler of the application and runs it on plain Node.
import { runInForeground } from './parts/foreground.mjs';
import { runCommand } from './parts/main.mjs';
import { checkoutCache, inRoot } from './parts/paths.mjs';
import { withProgress } from './parts/progress.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { electronEnvironment, ensureElectron } from './steps/electron.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';
import { ensureSystemLibraries } from './steps/system-libraries.mjs';
import { ensureScreen, ensureTestPrograms } from './steps/test-programs.mjs';

await runCommand(async () => {
  checkNodeVersion();
  const { fresh } = await installDependencies();
  await ensureTestPrograms();
  await ensureScreen();
  const electron = await ensureElectron({ retryDownload: fresh });
  await ensureSystemLibraries(electron);
  await build();
  const outDir = `${checkoutCache}/bench`;
  await withProgress('Building the measurements', () => bundle(outDir));
  const script = [`${outDir}/index.js`, ...process.argv.slice(2)];
  return runInForeground(process.execPath, script, electronEnvironment(electron));
});

/** @param {string} outDir */
async function bundle(outDir) {
  const vite = await import('vite');
  await vite.build({
    configFile: false,
    logLevel: 'warn',
    root: inRoot(),
    build: { ssr: inRoot('bench', 'index.ts'), outDir, emptyOutDir: true, target: 'node20' },
  });
}
