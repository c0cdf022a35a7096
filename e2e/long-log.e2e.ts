import { giveLongLog, readUpTo, startServiceInLab, sweep } from './support/long-log.ts';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

// What it costs is measured by `npm run bench -- ui`.
test('a log of a million lines is followed, read to its beginning and searched', async ({ app }) => {
  test.setTimeout(240_000);
  const { page, electron } = app;
  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: /^vision-lab/ }).click();
  await expect(page.getByRole('heading', { name: 'vision-lab' })).toBeVisible();
  await startServiceInLab(page, 'training');
  await giveLongLog(electron, 1_000_000);
  await page.getByRole('button', { name: 'Log of training' }).click();
  const log = page.getByRole('region', { name: 'Log of training' });
  await expect(log).toContainText(/step 100\d{4} loss/);

  // It follows: later lines come into sight by themselves.
  const lastSeen = async () => Number(/.*step (\d+) /s.exec((await log.textContent()) ?? '')?.[1]);
  const before = await lastSeen();
  await expect.poll(lastSeen).toBeGreaterThan(before + 2_000);

  await readUpTo(log, 'step 0 loss');
  await expect(log).toContainText('step 0 loss');
  await sweep(log);
  await page.getByRole('searchbox').fill('step 500000');
  await page.getByRole('button', { name: /^Line 500001/ }).click();
  await expect(log).toContainText('step 500000 loss');
});
