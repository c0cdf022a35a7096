import type { Page } from '@playwright/test';
import { axeViolations } from './support/axe.ts';
import { keepScreen, type Look, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const row = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('nothing moves under a resting pointer, and what came meanwhile comes when it leaves', async ({
  app,
}) => {
  const { page, get } = app;
  await button(page, 'Try it').click();
  await expect(row(page, 'llm')).toContainText(/\d ms/);
  // What the first look finds has come: nothing but what the test adds moves from here on.
  await expect(row(page, 'redis')).toBeVisible();
  const { state } = await get('state.get', {});
  const idOf = (name: string) => Object.values(state.containers).find((one) => one.name === name)?.id ?? '';

  // In the second container: what comes to the first one, above it, would push it down.
  const action = row(page, 'gradio').getByRole('button').last();
  await action.hover();
  // The first touch makes its menu in its place: a hand goes on moving a little.
  await action.hover({ position: { x: 8, y: 8 } });
  const before = await action.boundingBox();
  for (const port of ['4001', '4002', '4003'])
    await get('services.add', { containerId: idOf('vision-lab'), port });
  await expect(page.getByText('3 new', { exact: true })).toBeVisible();
  expect(await action.boundingBox()).toEqual(before);
  expect(await action.evaluate((element) => element.matches(':hover'))).toBe(true);

  // In its own container what is new comes after it, although its port is lower.
  await get('services.add', { containerId: idOf('old-demo'), port: '4004' });
  await expect(row(page, 'old-demo-4004')).toBeVisible();
  expect(await action.boundingBox()).toEqual(before);

  await page.mouse.move(2, 2);
  await expect(row(page, 'vision-lab-4003')).toBeVisible();
  await expect(page.getByText('3 new', { exact: true })).toBeHidden();

  // So it is for those who work with the keys.
  await page.keyboard.press('Tab');
  await row(page, 'gradio').getByRole('button').first().focus();
  const focused = await row(page, 'gradio').boundingBox();
  await get('services.add', { containerId: idOf('vision-lab'), port: '4005' });
  await expect(page.getByText('1 new', { exact: true })).toBeVisible();
  expect(await row(page, 'gradio').boundingBox()).toEqual(focused);
});

test('the list is narrowed, folded, selected, and found again as it was left', async ({ app }) => {
  const { page } = app;
  await button(page, 'Try it').click();
  await expect(row(page, 'notes')).toContainText('127.0.0.1');

  // A counter is a door.
  await page.getByRole('button', { name: /to look at$/ }).click();
  await expect(row(page, 'notes')).toBeVisible();
  await expect(row(page, 'web')).toBeHidden();
  await row(page, 'notes')
    .getByRole('button', { name: /^notes :/ })
    .click();
  await button(page, 'Back').click();
  await expect(row(page, 'web')).toBeHidden();
  await button(page, 'All').click();
  await expect(row(page, 'web')).toBeVisible();

  await button(page, 'Collapse: vision-lab').click();
  await expect(row(page, 'web')).toBeHidden();
  await button(page, 'Expand: vision-lab').click();

  await page.getByRole('checkbox', { name: 'Select redis' }).check();
  await page.getByRole('checkbox', { name: 'Select notes' }).check();
  await button(page, 'Open tunnels').click();
  await expect(row(page, 'redis').locator('code')).toHaveText(/^127\.0\.0\.1:\d+$/);
  await expect(button(page, 'Close tunnels')).toBeEnabled();
  await button(page, 'Clear the selection').click();
  await expect(button(page, 'Open tunnels')).toBeHidden();
});

const narrow: Look = { size: [480, 800], theme: 'light', language: 'en' };
const looks: readonly Look[] = [
  { size: [1280, 800], theme: 'light', language: 'en' },
  { size: [900, 640], theme: 'dark', language: 'zh-CN' },
  narrow,
];

test('both densities, and 480 pixels, cut no port and no address', async ({ app }) => {
  const { page } = app;
  await button(page, 'Try it').click();
  await expect(row(page, 'llm')).toContainText(/\d ms/);
  await button(page, 'Open tunnel redis').click();
  await expect(row(page, 'redis').locator('code')).toHaveText(/^127\.0\.0\.1:\d+$/);
  for (const density of ['comfortable', 'dense'] as const) {
    await app.get('shell.settings', { density });
    for (const look of looks) {
      await setLook(app, look);
      const rows = page.getByRole('main').locator('[data-service]');
      const high = look === narrow ? 140 : density === 'dense' ? 32 : 64;
      await expect.poll(async () => Math.round((await rows.first().boundingBox())?.height ?? 0)).toBe(high);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('[data-service] code, [data-service] [class*="port"]')]
          .filter((element) => {
            const box = element.getBoundingClientRect();
            const list = element.closest('ul')?.getBoundingClientRect();
            return element.scrollWidth > element.clientWidth + 1 || box.right > (list?.right ?? 0);
          })
          .map((element) => element.textContent),
      );
      expect(cut).toEqual([]);
      await keepScreen(page, `services-${density}`, look);
      expect.soft(await axeViolations(page), `${density} ${look.size}`).toEqual([]);
    }
  }
});
