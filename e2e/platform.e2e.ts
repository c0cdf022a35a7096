import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

test('a container is made from the window, with its mapping, after what it costs was said', async ({
  app,
}) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: 'New container' }).click();
  const form = page.getByRole('dialog', { name: 'New container' });
  const create = form.getByRole('button', { name: 'Create and start' });
  await expect(create).toBeDisabled();
  await form.getByLabel('Name of the project').fill('fresh-lab');
  await form.getByRole('button', { name: 'Map another port' }).click();
  await form.getByLabel('Name (optional)').fill('gradio');
  await expect(form).toContainText('The name “gradio” is used by container old-demo.');
  await form.getByLabel('Port', { exact: true }).fill('7860');
  await expect(create).toBeDisabled();
  await form.getByLabel('Name (optional)').fill('');
  await expect(form).toContainText(
    /demo-…-7860\.gear\.localhost.*Without a name the address changes with the container/,
  );
  await form.getByLabel('Name (optional)').fill('fresh');
  await expect(form).toContainText('demo-fresh.gear.localhost');
  await create.click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByRole('heading', { name: 'fresh-lab' })).toBeVisible();
  await expect(page.getByRole('row', { name: /fresh 7860/ })).toContainText('demo-fresh.gear.localhost');
  await expect(page.getByText('running').first()).toBeVisible({ timeout: 30_000 });

  await page.getByRole('button', { name: 'Show the log' }).click();
  await expect(page.getByText(/Read just now|Read \d+ s ago|The log is empty/).first()).toBeVisible();
});

test('a mapping is changed, copied to another container, and sets are added at once', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'vision-lab', exact: true }).click();
  await page.getByRole('button', { name: 'More for port 7860' }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const change = page.getByRole('dialog');
  await change.getByLabel('Name (optional)').fill('website');
  await change.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByRole('row', { name: /website new 7860/ })).toBeVisible();

  await page.getByRole('button', { name: 'More for port 8080' }).click();
  await page.getByRole('menuitem', { name: 'Copy to old-demo' }).click();
  await page.getByRole('button', { name: 'Add a set' }).click();
  await page.getByRole('menuitem', { name: 'ComfyUI' }).click();
  await expect(page.getByRole('row', { name: /comfyui new 8188/ })).toBeVisible();

  await page.getByRole('button', { name: 'Containers', exact: true }).click();
  await page.getByRole('button', { name: /^old-demo/ }).click();
  await expect(page.getByRole('row', { name: /8080/ })).toContainText('new');
});

test('a pasted address is recognised, the older form too', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  const { state } = await app.get('state.get', {});
  const web = Object.values(state.services).find(({ name }) => name === 'web');
  const url = web !== undefined && 'url' in web.exposure ? web.exposure.url : '';
  await page.getByRole('searchbox').fill(`${url}/some/page`);
  await expect(page.getByText('This address belongs to vision-lab, port 7860.')).toBeVisible();
  await page.getByRole('searchbox').fill(url.replace('demo-web', `demo-${web?.containerId ?? ''}`));
  await expect(
    page.getByText('This is an older form of address. It leads to vision-lab, port 8080.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show it' }).click();
  await expect(page.getByRole('heading', { name: 'llm' })).toBeVisible();
});

test('what was found out about the platform can be read, without a secret', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: /Account: demo/ }).click();
  await page.getByRole('menuitem', { name: 'Diagnostics' }).click();
  await expect(page.getByRole('dialog')).toContainText('gear.localhost');
});
