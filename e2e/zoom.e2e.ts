import { words } from '../shared/words/index.ts';
import { cutOff, reachesEnd } from './support/cut-off.ts';
import { keepZoomedScreen, type Look, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';

const looks: readonly Look[] = [
  { size: [900, 640], theme: 'light', language: 'en' },
  { size: [900, 640], theme: 'dark', language: 'zh-CN' },
];

const softly = expect.configure({ soft: true });

/** At 200 % the smallest window has 450 × 320 CSS pixels: less than any phone. */
for (const look of looks)
  test(`nothing is cut off at 200 % in the smallest window, ${look.language}`, async ({ app }) => {
    test.setTimeout(120_000);
    const { page, electron } = app;
    const texts = words[look.language];
    await setLook(app, look);
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2),
    );
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThanOrEqual(450);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const holds = async (name: string) => {
      await keepZoomedScreen(app, `zoom-${name}`, look);
      // What is still being asked may come in between, and move everything.
      await softly.poll(() => cutOff(page), { message: name }).toEqual([]);
      await softly.poll(() => reachesEnd(page), { message: `${name}: its end` }).toBe(true);
    };

    await expect(button(texts.first.tryAction)).toBeVisible();
    await holds('first-run');
    await button(texts.first.tryAction).click();
    await expect(page.getByRole('listitem', { name: 'notes', exact: true })).toContainText('502');
    await holds('services');
    await page.getByRole('button', { name: /^web :/ }).click();
    let tabs = 1;
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await holds(`service-${tabs++}`);
    }
    await button(texts.app.back).click();
    await page.getByRole('button', { name: /^notes :/ }).click();
    await holds('service-failing');
    await button(texts.places.containers).click();
    await holds('containers');
    await page
      .getByRole('button', { name: /^vision-lab/ })
      .first()
      .click();
    await holds('container');
    await button(texts.connections.title).click();
    await holds('connections');
    await button(texts.models.title).click();
    await holds('models');
    await button(texts.places.compare).click();
    await holds('compare');
    await button(texts.places.inspector).click();
    await holds('inspector');
    await button(texts.desktop.activity.title).click();
    await holds('activity');
    await button(texts.places.settings).click();
    await holds('settings');
    await button(texts.desktop.transfer.export).click();
    await page.getByRole('switch', { name: texts.desktop.transfer.withSecrets }).click();
    await keepZoomedScreen(app, 'zoom-export', look);
    expect.soft(await cutOff(page), 'export').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press(process.platform === 'darwin' ? 'Meta+k' : 'Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await keepZoomedScreen(app, 'zoom-palette', look);
    expect.soft(await cutOff(page), 'palette').toEqual([]);
  });
