// @ts-check
// `npm run build`: everything in out/, whatever was there.
import { runCommand } from './parts/main.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';

await runCommand(async () => {
  checkNodeVersion();
  await installDependencies();
  await build({ always: true });
  return 0;
});
