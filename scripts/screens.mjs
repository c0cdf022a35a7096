// @ts-check
// `npm run screens`: renews the pictures in docs/screens from the real application.
import { runCommand } from './parts/main.mjs';
import { inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';

await runCommand(() =>
  runShown(process.execPath, [inRoot('scripts', 'test.mjs'), '--only', 'e2e', 'screens'], {
    env: { GEARWAY_SCREENS: 'docs' },
  }),
);
