// @ts-check
// `npm run screens [-- --docs]`: makes all pictures of the real application in .cache/screens, and says what changed
// since the last run. With --docs, those that documents show are renewed too.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareFolders } from './parts/compare-pictures.mjs';
import { runCommand } from './parts/main.mjs';
import { checkoutCache, inRoot } from './parts/paths.mjs';
import { runShown } from './parts/run.mjs';

await runCommand(async () => {
  const now = join(checkoutCache, 'screens', 'now');
  const last = join(checkoutCache, 'screens', 'last');
  if (existsSync(now)) {
    rmSync(last, { recursive: true, force: true });
    renameSync(now, last);
  }
  mkdirSync(now, { recursive: true });
  const status = await runShown(
    process.execPath,
    [inRoot('scripts', 'test.mjs'), '--only', 'e2e', 'screens'],
    { env: { GEARWAY_SCREENS: now, GEARWAY_RENEW_DOCS: process.argv.includes('--docs') ? '1' : '' } },
  );
  const changes = existsSync(last) ? compareFolders(last, now) : undefined;
  process.stdout.write(
    changes === undefined
      ? `Pictures: ${now}\n`
      : `${['Against the last run:', ...(changes.length === 0 ? ['nothing changed'] : changes)].join('\n')}\nPictures: ${now}, the last ones in ${last}\n`,
  );
  return status;
});
