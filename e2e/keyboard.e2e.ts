import { expect, test } from './support/test.ts';

test('the main job is done by keyboard alone', async ({ app, opened }) => {
  const { page } = app;
  const { keyboard } = page;
  /** Moves on until the control with this name has the focus. */
  const reach = async (name: string | RegExp) => {
    const wanted = page.getByRole('button', { name, exact: true });
    await expect(wanted.first()).toBeVisible();
    for (let presses = 0; presses < 80; presses += 1) {
      if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}.`);
  };

  await reach('Try it');
  await keyboard.press('Enter');
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  await reach('Open web');
  await keyboard.press('Enter');
  await expect.poll(opened.list).toHaveLength(1);

  await reach('More web');
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Check now' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More web', exact: true })).toBeFocused();

  await reach(/^redis :/);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'redis' })).toBeVisible();
  await reach('Open tunnel redis');
  await keyboard.press('Space');
  await expect(page.getByRole('region', { name: 'Tunnel', exact: true })).toContainText(/listens|verified/);

  await reach('More redis');
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Check now' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('menuitem', { name: 'Check now' })).toBeHidden();
});

test('every service and action is a few letters away', async ({ app, opened }) => {
  const { page } = app;
  const { keyboard } = page;
  const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);

  await keyboard.press(`${modifier}+k`);
  await keyboard.type('open llm');
  await expect(page.getByRole('option')).toHaveText([/Open llm/]);
  await keyboard.press('Enter');
  await expect.poll(opened.list).toHaveLength(1);
  await expect(page.getByRole('dialog')).toBeHidden();

  for (const [typed, title] of [
    ['add a service', 'Add a service'],
    ['add conn', 'Add a connection'],
    ['new cont', 'New container'],
  ] as const) {
    await keyboard.press(`${modifier}+k`);
    await keyboard.type(typed);
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: title, exact: true });
    await expect(dialog).toBeVisible();
    await keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await keyboard.press(`${modifier}+k`);
  await keyboard.type('mappings: vision');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'vision-lab' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name (optional)' })).toBeFocused();

  await keyboard.press(`${modifier}+k`);
  await keyboard.type('简体');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '服务', exact: true })).toBeVisible();
  await keyboard.press(`${modifier}+2`);
  await expect(page.getByRole('heading', { name: '容器', exact: true })).toBeVisible();
});
