import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { saveTo } from './support/save-to.ts';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

async function openLab(page: Page) {
  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: /^vision-lab/ }).click();
  await expect(page.getByRole('heading', { name: 'vision-lab' })).toBeVisible();
}

/** A service from a recipe, by the window's own form. */
async function start(page: Page, recipe: string, values: Readonly<Record<string, string>>) {
  await page.getByRole('button', { name: 'Start a service' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: new RegExp(`^${recipe} `) }).click();
  for (const [field, value] of Object.entries(values))
    await dialog.getByLabel(field, { exact: true }).fill(value);
  return dialog;
}

test('a service is started from the window, its log followed and searched, and stopped', async ({ app }) => {
  const { page } = app;
  await openLab(page);
  const dialog = await start(page, 'vLLM', { Port: '9100', Name: 'my-model' });
  const begin = dialog.getByRole('button', { name: 'Start', exact: true });
  await begin.click();
  await expect(dialog.getByText('Fill in this field.')).toBeVisible();
  await dialog.getByLabel('Model', { exact: true }).fill('demo/tiny $(id)');
  await dialog.getByLabel('API key').fill('sk-never-shown');
  const command = dialog.getByRole('region', { name: 'This runs in the container' });
  await expect(command).toContainText('--host=127.0.0.1 --port=9100');
  await expect(command).toContainText("'demo/tiny $(id)'");
  await expect(command).not.toContainText('sk-never-shown');

  await dialog.getByRole('button', { name: 'Keep as a recipe' }).click();
  await dialog.getByLabel('Name of the recipe').fill('My tiny model');
  await dialog.getByLabel('Name of the recipe').press('Enter');
  await expect(dialog.getByText('Kept.')).toBeVisible();
  await begin.click();
  await expect(dialog).toBeHidden();

  const row = page.getByRole('listitem', { name: 'my-model' });
  await expect(row).toContainText('loading its model');
  await expect(row).toContainText('answers on port 9100', { timeout: 30_000 });
  await row.getByRole('button', { name: 'Log of my-model' }).click();
  const log = page.getByRole('region', { name: 'Log of my-model' });
  await expect(log).toContainText('Listening on http://127.0.0.1:9100');
  await page.getByRole('searchbox').fill('listening');
  await expect(page.getByText('1 matches')).toBeVisible();
  await page.getByRole('button', { name: /^Line 2/ }).click();
  await page.getByRole('searchbox').fill('');

  await page.getByRole('button', { name: 'Stop my-model' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Stop my-model' })).toBeHidden();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(row).toContainText('stopped');
  const everything = JSON.stringify([await app.get('state.get', {}), await page.content()]);
  expect(everything).not.toContain('sk-never-shown');

  await page.getByRole('button', { name: 'Start a service' }).click();
  await expect(page.getByRole('button', { name: /^My tiny model/ })).toBeVisible();
  const file = JSON.stringify({
    gearway: 'recipes',
    version: 1,
    recipes: [{ name: 'From a friend', recipe: 'static', values: { port: '8765' } }],
  });
  await page
    .getByTestId('recipes-file')
    .setInputFiles({ name: 'recipes.json', mimeType: 'application/json', buffer: Buffer.from(file) });
  await expect(page.getByText('1 recipes were taken')).toBeVisible();
  await page.getByRole('button', { name: /^From a friend/ }).click();
  await expect(page.getByRole('dialog').getByLabel('Port', { exact: true })).toHaveValue('8765');
});

test('a command that does not exist says how it ended, and its log can be saved', async ({ app }) => {
  const { page, electron, folder } = app;
  await openLab(page);
  const dialog = await start(page, 'Command', { Command: 'no-such-program --now', Name: 'typo' });
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  const row = page.getByRole('listitem', { name: 'typo' });
  await expect(row).toContainText('ended with code 127');
  await expect(row).toContainText('no-such-program: not found');
  await row.getByRole('button', { name: 'Log of typo' }).click();
  await saveTo(electron, `${folder}/kept.log`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved as kept.log.')).toBeVisible();
});

test('the sample model is chatted with and stopped, and offers ready settings', async ({ app }) => {
  const { page } = app;
  await page.getByRole('navigation').getByRole('button', { name: 'Models', exact: true }).click();
  await expect(page.getByText(/tokens of context/)).toBeVisible({ timeout: 20_000 });
  const message = page.getByLabel('Message');
  await message.fill('**bold** `code` <img src=x onerror=alert(1)> [link](https://example.com)');
  await message.press('Enter');
  const chat = page.getByRole('region', { name: 'Conversation' });
  await expect(chat).toContainText(/tokens in, \d+ out/, { timeout: 30_000 });
  await expect(chat.locator('img, a')).toHaveCount(0);

  await message.fill('Say it at length, as long as you can. '.repeat(200));
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(chat.getByText('Stopped')).toBeVisible();

  await page.getByRole('button', { name: 'Use it elsewhere', exact: true }).click();
  await expect(page.getByText(/base_url="http:\/\/llm\.localhost:\d+\/v1"/)).toBeVisible();
});

test('both routes to a model are measured side by side, and what it means is said', async ({ app }) => {
  const { page, electron, folder } = app;
  await page.getByRole('button', { name: /^llm :/ }).click();
  await page.getByRole('tab', { name: 'Model', exact: true }).click();
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Measure' });
  await panel.getByRole('button', { name: 'Open tunnel' }).click();
  await expect(panel.getByText('With both routes open')).toBeHidden();
  await panel.getByLabel('Prompt (tokens)').fill('8');
  await panel.getByLabel('Parallel requests').fill('1, 2');
  await panel.getByLabel('Answer (tokens)').fill('12');
  await panel.getByRole('button', { name: 'Measure', exact: true }).click();
  const table = panel.getByRole('table', { name: 'Measured' });
  await expect(table.getByRole('row')).toHaveCount(5, { timeout: 60_000 });
  await expect(
    panel.getByText(/Both routes are about as fast|comes \d+ ms later|all tokens at once/),
  ).toBeVisible({
    timeout: 20_000,
  });
  await expect(table.getByRole('row').nth(1)).toContainText(/\d ms/);

  for (const [button, name] of [
    ['Save as table', 'speed.tsv'],
    ['Save as data', 'speed.json'],
  ] as const) {
    await saveTo(electron, `${folder}/${name}`);
    await panel.getByRole('button', { name: button, exact: true }).click();
    await expect(panel.getByText(`Saved as ${name}.`)).toBeVisible();
  }
  expect(readFileSync(`${folder}/speed.tsv`, 'utf8').trim().split('\n')).toHaveLength(5);
  const report = JSON.parse(readFileSync(`${folder}/speed.json`, 'utf8'));
  expect(report).toMatchObject({ model: 'gearway-sample-1', rows: [{ promptTokens: 8 }, {}, {}, {}] });
});
