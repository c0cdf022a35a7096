import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runGearway } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import type { DesktopApp } from './support/desktop-app.ts';
import { keepScreen } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const { measure } = words.en;
// Half a minute is what a measurement takes for its rounds and for one long request: here both take less.
test.use({ env: { GEARWAY_MOST_LAB_MS: '6000' } });

/** A whole measurement, with a busy machine's patience. */
const measured = { timeout: 90_000 };

async function openPage(page: Page, name: string) {
  await page.getByRole('button', { name: new RegExp(`^${name} :`) }).click();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) });

/** Looked at once, and by axe. */
async function looked(page: Page, name: string) {
  await keepScreen(page, name, { size: [1280, 800], theme: 'light', language: 'en' });
  expect.soft(await axeViolations(page), name).toEqual([]);
}

/** The system's dialog for saving answers with a file in the test's own folder. */
async function saveTo({ electron, folder }: DesktopApp, name: string): Promise<string> {
  const path = join(folder, name);
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  return path;
}

test.describe('on the local platform', () => {
  test.use({ words: ['--demo'] });

  test('everything is measured, explained, kept and exported without secrets', async ({ app }) => {
    test.setTimeout(180_000);
    const { page } = app;
    await openPage(page, 'web');
    const rows = page.getByRole('row');
    await expect(rows.filter({ hasText: 'Mapped as “web”' })).toBeVisible();

    await button(page, measure.comparison.deep).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
    // It goes on while its place is left, and can be found again.
    await button(page, words.en.places.containers).click();
    await button(page, words.en.places.services).click();
    await openPage(page, 'web');
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect(row(page, 'First byte in all').getByRole('cell')).toHaveText(
      [/[\d.]+ ms/, /[\d.]+ ms/, /.*/],
      measured,
    );
    await expect(row(page, 'Stream')).toContainText('arrives as it is made');
    await expect(row(page, 'WebSocket echo').getByRole('cell').first()).toContainText('ms');
    await expect(page.getByRole('status').filter({ hasText: 'Public link for sharing' })).toBeVisible();
    const history = page.getByRole('region', { name: measure.comparison.history });
    await expect(history.getByRole('listitem')).toContainText([measure.comparison.first]);

    await looked(page, 'service-measured');

    const kinds = [
      [measure.comparison.exportMarkdown, 'compare.md'],
      [measure.comparison.exportJson, 'compare.json'],
      [measure.comparison.exportPicture, 'compare.png'],
    ] as const;
    const files: Buffer[] = [];
    for (const [entry, name] of kinds) {
      const path = await saveTo(app, name);
      await button(page, measure.comparison.export).click();
      await page.getByRole('menuitem', { name: entry }).click();
      await expect(page.getByText(`Saved as ${name}.`)).toBeVisible();
      files.push(await readFile(path));
    }
    const [markdown, json, png] = files;
    expect(String(markdown)).toContain('| First byte in all |');
    expect(JSON.parse(String(json))).toMatchObject({ serviceName: 'web', measured: { work: 'offered' } });
    expect(png?.subarray(1, 4).toString()).toBe('PNG');
    for (const secret of ['127.0.0.1', 'localhost', 'Bearer'])
      expect(`${String(markdown)}${String(json)}`).not.toContain(secret);

    await history.getByRole('button', { name: new RegExp(`^${measure.comparison.forget}`) }).click();
    await expect(history).toBeHidden();
    await button(page, 'Undo').click();
    await expect(history.getByRole('listitem')).toContainText([measure.comparison.first]);
  });

  test('a measurement is stopped and leaves nothing behind', async ({ app }) => {
    const { page } = app;
    await openPage(page, 'web');
    await button(page, measure.comparison.deep).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
    await button(page, measure.comparison.cancel).click();
    await expect(page.getByRole('progressbar')).toBeHidden();
    await expect(button(page, measure.comparison.deep)).toBeEnabled();
    await expect(page.getByRole('region', { name: measure.comparison.history })).toBeHidden();
  });
});

test.describe('all services', () => {
  test.use({ words: ['--demo'] });

  test('are measured one after the other, those that were chosen or all, until it is stopped', async ({
    app,
  }) => {
    test.setTimeout(120_000);
    const { page } = app;
    await button(page, words.en.places.compare).click();
    await page.getByRole('checkbox', { name: 'Choose redis' }).check();
    await page.getByRole('checkbox', { name: 'Choose notes' }).check();
    await button(page, 'Measure 2 chosen').click();
    await expect(page.getByRole('progressbar')).toBeVisible();
    const redis = page.getByRole('row', { name: /redis/ });
    const notes = page.getByRole('row', { name: /notes/ });
    await expect(redis).toContainText('Raw TCP: only the tunnel reaches it.', measured);
    await expect(notes).toContainText('Only the tunnel works: use it.', measured);
    await expect(redis).toContainText(/no such route.*ms/);
    await expect(page.getByRole('row', { name: /web/ })).toContainText(measure.all.notYet);
    await expect(page.getByRole('progressbar')).toBeHidden();

    await page.getByRole('checkbox', { name: 'Choose redis' }).uncheck();
    await page.getByRole('checkbox', { name: 'Choose notes' }).uncheck();
    await button(page, measure.comparison.startAll).click();
    await expect(page.getByRole('cell', { name: measure.comparison.waiting }).first()).toBeVisible();
    await looked(page, 'compare');
    await button(page, measure.comparison.cancel).click();
    await expect(page.getByRole('progressbar')).toBeHidden();
    await expect(button(page, measure.comparison.startAll)).toBeEnabled();
    await redis.getByRole('button', { name: 'redis' }).click();
    await expect(page.getByRole('region', { name: measure.comparison.history })).toBeVisible();
  });
});

test.describe('what is open', () => {
  test.use({ words: ['--demo'] });

  test('is asked as a stranger would, named, and marked wherever the address is shown', async ({ app }) => {
    test.setTimeout(150_000);
    const { page } = app;
    const mark = words.en.services.openToAnyone;
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(mark);
    await button(page, words.en.places.compare).click();
    await button(page, measure.audit.title).click();
    const list = page.getByRole('list', { name: measure.audit.title });
    const web = list.getByRole('listitem', { name: 'web', exact: true });
    const llm = list.getByRole('listitem', { name: 'llm', exact: true });
    await expect(web).toContainText(measure.audit.gone);
    await button(page, measure.audit.action).click();
    await expect(web).toContainText(measure.audit.verdict.open);
    await expect(llm).toContainText(/models: .* at \/v1\/models/);
    await expect(llm).toContainText(measure.audit.closeTunnel);
    await expect(button(page, measure.audit.action)).toBeEnabled();
    await looked(page, 'open');

    await web.getByRole('button', { name: 'web', exact: true }).click();
    const lane = page.getByRole('region', { name: words.en.services.public, exact: true });
    await expect(lane).toContainText(mark);
    await expect(page.getByRole('article', { name: words.en.finding.open_to_anyone })).toContainText(
      'its page',
    );
    const time = page.getByRole('region', { name: measure.history.title });
    await expect(
      time.getByRole('img', { name: /^Public, 1 hour: (100% of .+ watched|watched for .+ only)$/ }),
    ).toBeVisible(measured);
    await button(page, measure.history.week).click();
    await expect(time.getByRole('img', { name: /^Public, 7 days: watched for .+ only$/ })).toBeVisible();
    await button(page, 'vision-lab').click();
    await expect(page.getByRole('row', { name: /7860/ })).toContainText(mark);
  });
});

test('what the edge does wrong is measured, named, and mended by a click', async ({ app }) => {
  test.setTimeout(180_000);
  const platform = runGearway(['platform', '--json']);
  try {
    const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
    const fault = await fetch(`${String(ready.origin)}/faults/web`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${String(ready.token)}`, origin: String(ready.origin) },
      body: JSON.stringify({ latencyMs: 150, buffer: true, noUpgrade: true, bodyLimitBytes: 1_000_000 }),
    });
    expect(fault.status).toBe(204);
    const { page } = app;
    await button(page, 'Private').click();
    await page.getByLabel('Console address').fill(String(ready.origin));
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    await page.getByLabel('Domain of public addresses').fill(`http://${edge.domain}:${edge.port}`);
    await page.getByLabel('Token').fill(String(ready.token));
    await button(page, 'Sign in').click();
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
    await openPage(page, 'web');
    await button(page, measure.comparison.deep).click();
    await expect(row(page, 'Stream')).toContainText('held back until complete', measured);
    await expect(row(page, 'WebSocket echo')).toContainText('not carried');
    await expect(row(page, 'Largest upload')).toContainText(/cut at (9\d\d kB|1 MB)/);
    await expect(row(page, 'First byte in all')).toContainText(/Tunnel .*×/);
    await expect(page.getByRole('status').filter({ hasText: 'Tunnel for streams' })).toBeVisible();

    const card = page.getByRole('article', { name: words.en.finding.gateway_buffers });
    await expect(card).toContainText(measure.sure.certain);
    await looked(page, 'service-findings');
    await card.getByRole('button', { name: measure.action.use_tunnel }).click();
    await expect(page.getByText('Requests take the tunnel route: you chose it.')).toBeVisible();
    await expect(card.getByRole('button', { name: measure.action.use_tunnel })).toBeHidden();
  } finally {
    await platform.stop();
  }
});
