import { runGearway } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import { keepScreen, looks, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const containers = 100;

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
      await expect(page.getByRole('listitem').first()).toBeVisible();
      await looked('services-300');
      await button(places.containers).click();
      await looked('containers-300');
    }

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
