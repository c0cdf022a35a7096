import type { ElectronApplication, Page } from 'playwright';
import { giveLongLog, readUpTo, startServiceInLab, sweep } from '../e2e/support/long-log.ts';
import { words } from '../shared/words/index.ts';
import { type Watched, watchWindow } from './ui-watch.ts';

const logLines = 1_000_000;
const followMs = 5_000;
const { launch, launchLog, containers } = words.en;
const logName = 'training';
const named = (text: string) => text.replace('{{name}}', logName);

interface WatchedLog extends Watched {
  /** The most memory that the window's process held meanwhile, in 10^6 bytes. */
  readonly peakMb: number;
}

/** Opens a long log that grows, follows it, reads it to its beginning, scrolls through it and searches it. */
export async function readLongLog(app: ElectronApplication, page: Page): Promise<WatchedLog> {
  await page.getByRole('button', { name: containers.title, exact: true }).click();
  await page.getByRole('button', { name: /^vision-lab/ }).click();
  await startServiceInLab(page, logName);
  await giveLongLog(app, logLines);
  const log = page.getByRole('region', { name: named(launchLog.label) });
  const stop = await watchMemory(app);
  const watched = await watchWindow(page, async () => {
    await page.getByRole('button', { name: named(launch.showLog) }).click();
    await log.filter({ hasText: /step 100\d{4} loss/ }).waitFor();
    await page.waitForTimeout(followMs);
    await readUpTo(log, 'step 0 loss');
    await sweep(log);
    await page.getByRole('searchbox').fill('step 500000');
    await page.getByRole('button', { name: /^Line 500001/ }).click();
    await log.filter({ hasText: 'step 500000 loss' }).waitFor();
  });
  return { ...watched, peakMb: await stop() };
}

/** Looks at the memory of the window's process ten times a second. */
async function watchMemory(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(({ app: electron }) => {
    const bench = { peakKb: 0, timer: undefined as unknown };
    bench.timer = setInterval(() => {
      for (const { type, memory } of electron.getAppMetrics())
        if (type === 'Tab') bench.peakKb = Math.max(bench.peakKb, memory.workingSetSize);
    }, 100);
    Object.assign(globalThis, { benchMemory: bench });
  });
  return () =>
    app.evaluate(() => {
      const { benchMemory } = globalThis as unknown as {
        benchMemory: { readonly peakKb: number; readonly timer: NodeJS.Timeout };
      };
      clearInterval(benchMemory.timer);
      return (benchMemory.peakKb * 1024) / 1e6;
    });
}
