// @ts-check
// `npm run test:outside`: other people's clients and suites against Gearway. Needs the Python index once.

import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';
import { ensurePythonEnvironments } from './steps/python-environments.mjs';

await runCommand(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  const { folders, missing } = await ensurePythonEnvironments({ bayes: ['openbayes-cli==0.28.5'] });
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  const words = process.argv.slice(2);
  return runShown(process.execPath, [vitest, 'run', '--project', 'outside', ...words], {
    env: { GEARWAY_PYTHON: JSON.stringify({ folders, missing }) },
  });
});
