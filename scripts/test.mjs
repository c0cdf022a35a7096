// @ts-check
// `npm test`: everything that continuous integration runs. `--only a,b` runs some phases; what follows goes to the last.

import { inspect } from 'node:util';
import { readPhaseArguments } from './parts/arguments.mjs';
import { addCounts, describeCounts, noCounts } from './parts/counts.mjs';
import { runCommand } from './parts/main.mjs';
import { seconds } from './parts/progress.mjs';
import { describeSkipped } from './parts/skipped.mjs';
import { StepFailed } from './parts/step-failed.mjs';
import { phases } from './phases.mjs';
import { installDependencies } from './steps/dependencies.mjs';
import { checkNodeVersion } from './steps/node-version.mjs';

await runCommand(async () => {
  checkNodeVersion();
  const { only, rest } = readPhaseArguments(process.argv.slice(2), Object.keys(phases));
  let counts = noCounts;
  let status = 0;
  /** @type {string[]} */
  const skipped = [];
  try {
    const { fresh } = await installDependencies();
    for (const name of only) {
      const started = performance.now();
      process.stdout.write(`\n── ${name}\n`);
      const result = await phases[name]?.({ fresh, words: name === only.at(-1) ? rest : [] });
      if (result?.counts !== undefined) counts = addCounts(counts, result.counts);
      skipped.push(...(result?.skipped ?? []));
      status = result?.status ?? 1;
      process.stdout.write(`── ${name}: ${status === 0 ? 'passed' : 'failed'} in ${seconds(started)}\n`);
      if (status !== 0) break;
    }
  } catch (error) {
    // Said here, so that the counts stay the last line whatever happens.
    process.stderr.write(`${error instanceof StepFailed ? error.message : inspect(error)}\n`);
    status = error instanceof StepFailed ? error.status : 1;
  }
  process.stdout.write(`\n${describeSkipped(skipped)}${describeCounts(counts)}\n`);
  return status;
});
