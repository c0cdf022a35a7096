import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { DesktopApp } from './support/desktop-app.ts';
import { saveTo } from './support/save-to.ts';
import { keepScreen, looks } from './support/screens.ts';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

const [look] = looks;

async function openLab({ page, get }: DesktopApp): Promise<string> {
  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: /^vision-lab/ }).click();
  await expect(page.getByRole('heading', { name: 'vision-lab' })).toBeVisible();
  const { state } = await get('state.get', {});
  return Object.values(state.containers).find(({ name }) => name === 'vision-lab')?.id ?? '';
}

async function openService(page: Page, port: number) {
  await page.getByRole('button', { name: 'Services', exact: true }).click();
  // What is found meanwhile moves the rows: a press that went beside is tried again.
  await expect(async () => {
    await page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(`:${port} `) })
      .click({ timeout: 5_000 });
    await expect(page.getByText(new RegExp(`port ${port}\\b`, 'i')).first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}

test('ports that listen are offered once: one is tunnelled and used, one stays ignored', async ({ app }) => {
  const { page, get } = app;
  const containerId = await openLab(app);
  await get('launch.start', { containerId, recipe: 'static', name: 'files', values: { port: '9301' } });
  const redis = page.getByRole('listitem', { name: 'redis', exact: true });
  await expect(redis.getByText('opened by redis-server --port 6379')).toBeVisible();
  // The platform maps HTTP only.
  await expect(redis.getByRole('button', { name: 'Map it: port 6379' })).toHaveCount(0);
  const files = page.getByRole('listitem').filter({ hasText: ':9301' }).filter({ hasText: 'opened by' });
  await expect(files).toContainText('127.0.0.1 only', { timeout: 30_000 });
  await expect(files.getByRole('button', { name: 'Map it: port 9301' })).toHaveCount(0);
  if (look !== undefined) await keepScreen(page, 'offers', look);

  await files.getByRole('button', { name: 'Ignore: port 9301' }).click();
  await expect(files).toHaveCount(0);
  await redis.getByRole('button', { name: 'Open tunnel redis' }).click();
  await expect(page.getByText('opened by')).toHaveCount(0);
  await get('containers.look', { containerId });
  await expect(page.getByText('opened by')).toHaveCount(0);

  await openService(page, 6379);
  const uses = page.getByRole('region', { name: 'Use it' });
  await expect(uses).toContainText(/redis-cli -h 127\.0\.0\.1 -p \d+/, { timeout: 30_000 });
  await expect(uses).toContainText(/redis:\/\/127\.0\.0\.1:\d+\/0/);
  if (look !== undefined) await keepScreen(page, 'uses-redis', look);
});

test('Gradio that slipped to the next port is told where it was expected', async ({ app }) => {
  const { page, get } = app;
  const containerId = await openLab(app);
  await get('launch.start', { containerId, recipe: 'gradio', name: 'demo', values: { port: '7901' } });
  for (const port of ['7900', '7901']) await get('services.add', { containerId, port });
  await expect(page.getByRole('listitem', { name: 'demo' })).toContainText('answers on port 7901');
  await get('tunnels.open', { serviceId: `${containerId}:7901` });
  await openService(page, 7900);
  await expect(page.getByText('Nothing listens here, but Gradio answers on port 7901.')).toBeVisible({
    timeout: 40_000,
  });
  if (look !== undefined) await keepScreen(page, 'hint-slipped', look);
});

test('a guarded model is talked to once its key is kept', async ({ app }) => {
  const { page, get } = app;
  const containerId = await openLab(app);
  const values = { model: 'demo/guarded', port: '9106', apiKey: 'sk-window-1' };
  await get('launch.start', { containerId, recipe: 'vllm', name: 'guarded', values });
  await expect(page.getByRole('listitem', { name: 'guarded' })).toContainText('answers on port 9106', {
    timeout: 30_000,
  });
  await get('services.add', { containerId, port: '9106' });
  const serviceId = `${containerId}:9106`;
  await get('tunnels.open', { serviceId });
  await expect
    .poll(async () => (await get('state.get', {})).state.services[serviceId]?.kind?.guarded, {
      timeout: 30_000,
    })
    .toBe(true);
  await openService(page, 9106);
  await page.getByRole('tab', { name: 'Model', exact: true }).click();
  await page.getByLabel('API key').fill('sk-window-1');
  await page.getByRole('button', { name: 'Keep the key' }).click();
  await expect(page.getByText('A key is kept.').first()).toBeVisible();
  await page.getByLabel('Message').fill('Hello');
  await page.getByLabel('Message').press('Enter');
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText(/tokens in, \d+ out/, {
    timeout: 30_000,
  });
  if (look !== undefined) await keepScreen(page, 'chat-guarded', look);
  const everything = JSON.stringify([await get('state.get', {}), await page.content()]);
  expect(everything).not.toContain('sk-window-1');
  await page.getByRole('button', { name: 'Use it elsewhere', exact: true }).click();
  await page.getByLabel('Program').selectOption({ label: 'Cursor' });
  await expect(page.getByText('reaches no address of this computer')).toBeVisible();
  if (look !== undefined) await keepScreen(page, 'snippet-cursor', look);
});

test('recipes are saved to a file without secrets', async ({ app }) => {
  const { page, get, electron, folder } = app;
  await openLab(app);
  await get('recipes.save', { name: 'Mine', recipe: 'vllm', values: { model: 'm', apiKey: 'sk-file-1' } });
  await page.getByRole('button', { name: 'Start a service' }).click();
  await saveTo(electron, `${folder}/recipes.json`);
  await page.getByRole('button', { name: 'Save recipes to a file' }).click();
  await expect
    .poll(() => {
      try {
        return JSON.parse(readFileSync(`${folder}/recipes.json`, 'utf8'));
      } catch {
        return undefined;
      }
    })
    .toMatchObject({ recipes: [{ name: 'Mine', recipe: 'vllm', values: { model: 'm' } }] });
  expect(readFileSync(`${folder}/recipes.json`, 'utf8')).not.toContain('sk-file-1');
});
