import type { Page } from '@playwright/test';
import { runGearway } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import { keepScreen, looks, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const containers = 100;

/** Only a part of the list is drawn: all of it is named, reached by keyboard, and drawn where one scrolls to. */
async function everyContainerIsThere(page: Page) {
  const rows = page.getByRole('main').getByRole('listitem');
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(containers);
  const far = rows.nth(60);
  expect(await far.getAttribute('aria-label')).toBeTruthy();
  await rows.first().getByRole('button').first().focus();
  // Two buttons a row: on to a row that was not drawn when this began.
  for (let presses = 0; presses < 120; presses += 1) await page.keyboard.press('Tab');
  await expect(far.getByRole('button').first()).toBeFocused();
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows.last().getByRole('button').first()).toBeVisible();
}

/** Hundreds of services, looked at in every way; then the platform goes away. */
test('screens with 300 services, and without their platform', async ({ app }) => {
  test.setTimeout(240_000);
  const { page, get } = app;
  const platform = runGearway(['platform', '--containers', String(containers), '--json']);
  let stopped = false;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  try {
    const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    await get('session.signIn', {
      instance: 'private',
      origin: String(ready.origin),
      domain: `http://${edge.domain}:${edge.port}`,
      token: String(ready.token),
    });
    const count = async () => Object.keys((await get('state.get', {})).state.services).length;
    await expect.poll(count, { timeout: 60_000 }).toBeGreaterThanOrEqual(300);
    for (const look of looks) {
      await setLook(app, look);
      const { places } = words[look.language];
      const looked = async (name: string) => {
        await keepScreen(page, name, look);
        expect.soft(await axeViolations(page), name).toEqual([]);
      };
      await button(places.services).click();
      // As it looks while one works with it: the first ones have been asked.
      await expect(page.getByRole('listitem').first()).toContainText(/\d ms/, { timeout: 60_000 });
      await looked('services-300');
      await button(places.containers).click();
      await looked('containers-300');
    }
    await everyContainerIsThere(page);

    await platform.stop();
    stopped = true;
    const { status } = words[looks.at(-1)?.language ?? 'en'];
    await button(words[looks.at(-1)?.language ?? 'en'].places.services).click();
    await app.ask('containers.refresh', {});
    await expect(button(status.retry)).toBeVisible({ timeout: 60_000 });
    for (const look of looks) {
      await setLook(app, look);
      await expect(button(words[look.language].status.retry)).toBeVisible();
      await keepScreen(page, 'services-offline', look);
      expect.soft(await axeViolations(page), 'services-offline').toEqual([]);
    }
  } finally {
    if (!stopped) await platform.stop();
  }
});
