// @ts-check
// `npm start`: from a fresh clone to an open window; later, only what changed.
import { electronArguments } from './parts/arguments.mjs';
import { runInForeground } from './parts/foreground.mjs';
import { runCommand } from './parts/main.mjs';
import { inRoot, root } from './parts/paths.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { electronEnvironment, ensureElectron } from './steps/electron.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';
import { ensureSystemLibraries } from './steps/system-libraries.mjs';

await runCommand(async () => {
  checkNodeVersion();
  const { fresh } = await installDependencies();
  if (!hasScreen()) {
    await build();
    process.stderr.write(
      'There is no screen here: showing the services of the local platform. Ctrl-C ends it.\n',
    );
    return runInForeground(process.execPath, [
      inRoot('out', 'main', 'gearway.js'),
      'ls',
      '--demo',
      '--watch',
    ]);
  }
  const electron = await ensureElectron({ retryDownload: fresh });
  await ensureSystemLibraries(electron);
  await build();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = electronArguments({ folder: root, asRoot, words: process.argv.slice(2) });
  return runInForeground(electron.executable, args, electronEnvironment(electron));
});

function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}
