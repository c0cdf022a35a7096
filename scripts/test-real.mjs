// @ts-check
// `npm run test:real`: the programs that people run in containers, from the Python index, each used once. Not part of
// `npm test`: it needs the index, a few gigabytes and minutes.

import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';
import { build } from './steps/build.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { electronEnvironment, ensureElectron } from './steps/electron.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';
import { ensurePythonEnvironments } from './steps/python-environments.mjs';
import { ensureSystemLibraries } from './steps/system-libraries.mjs';
import { ensureScreen, ensureTestPrograms } from './steps/test-programs.mjs';

/** Exact: what was seen is written down with its version. */
const environments = {
  streamlit: ['streamlit==1.67.0'],
  tensorboard: ['tensorboard==2.21.0'],
  gradio5: ['gradio==5.50.0'],
  gradio6: ['gradio==6.31.0'],
  jupyterlab: ['jupyterlab==4.6.6'],
  marimo: ['marimo==0.25.2'],
  mlflow: ['mlflow==3.17.2'],
  // Built from its source where the index has no wheel: minutes, once.
  llamacpp: ['llama-cpp-python[server]==0.3.36'],
};

await runCommand(async () => {
  checkNodeVersion();
  const { fresh } = await installDependencies();
  await ensureScreen();
  await ensureTestPrograms();
  const electron = await ensureElectron({ retryDownload: fresh });
  await ensureSystemLibraries(electron);
  await build();
  const words = process.argv.slice(2);
  const { folders, missing } = await ensurePythonEnvironments(environments);
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  return runShown(process.execPath, [vitest, 'run', '--project', 'real', ...words], {
    env: {
      ...electronEnvironment(electron),
      GEARWAY_ELECTRON: electron.executable,
      GEARWAY_PYTHON: JSON.stringify({ folders, missing }),
    },
  });
});
