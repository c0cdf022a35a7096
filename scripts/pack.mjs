// @ts-check
// `npm run pack`: the unpacked application in release/, from the Electron that is at hand.
import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { ensureElectron } from './steps/electron.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';

await runCommand(async () => {
  checkNodeVersion();
  const { fresh } = await installDependencies();
  const electron = await ensureElectron({ retryDownload: fresh });
  await build();
  const packager = inRoot('node_modules', 'electron-builder', 'cli.js');
  const dist = [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`];
  return runShown(process.execPath, [
    packager,
    '--dir',
    '--publish=never',
    ...dist,
    ...process.argv.slice(2),
  ]);
});
