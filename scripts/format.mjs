// @ts-check
// `npm run format`: rewrites the files as the formatter and the linter's safe fixes want them.
import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { installDependencies } from './steps/dependencies.mjs';

await runCommand(async () => {
  await installDependencies();
  return runShown(process.execPath, [
    inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--write',
  ]);
});
