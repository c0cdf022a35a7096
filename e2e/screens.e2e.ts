import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import type { DesktopApp } from './support/desktop-app.ts';
import { fetchLocal } from './support/fetch-local.ts';
import { moving } from './support/motion.ts';
import { openFrom, saveTo } from './support/save-to.ts';
import { keepScreen, looks, setLook } from './support/screens.ts';
import { expect, test } from './support/test.ts';
import { outOfReach } from './support/within-reach.ts';

/** Every screen of the main job, looked at in both themes, both languages and both sizes, and by axe. */
for (const look of looks) {
  test(`screens at ${look.size.join('×')}, ${look.theme}, ${look.language}`, async ({ app }) => {
    test.setTimeout(240_000);
    const { page, get } = app;
    const texts = words[look.language];
    await setLook(app, look);
    const looked = async (name: string) => {
      await keepScreen(page, name, look);
      expect.soft(await axeViolations(page), name).toEqual([]);
      // The look asks for reduced motion.
      expect.soft(await moving(page), name).toEqual([]);
      // Sizes and keys are the same in the dark.
      if (look.theme === 'light') expect.soft(await outOfReach(page), name).toEqual([]);
    };
    const asked = async (name: string, open: () => Promise<void>) => {
      await open();
      await expect(page.getByRole('dialog')).toBeVisible();
      await looked(name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const details = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} :`) });

    await expect(button(texts.first.tryAction)).toBeVisible();
    await looked('first-run');
    await button(texts.first.private).click();
    await button(texts.first.signInAction).click();
    await expect(page.getByRole('alert').or(page.locator('[data-invalid]')).first()).toBeVisible();
    await looked('first-run-failing');

    await button(texts.first.tryAction).click();
    await seeServices(page);
    await button(`${texts.services.openTunnel} notes`).click();
    await expect(button(`${texts.services.open} notes`)).toBeVisible();
    await looked('services');
    await lookAtHints();
    await button(
      texts.offers.of.replace('{{action}}', texts.offers.ignore).replace('{{port}}', '6379'),
    ).click();
    await expect(button(texts.undo.action)).toBeVisible();
    await looked('undo');
    await button(texts.undo.action).click();
    await asked('service-new', () => button(texts.services.add).click());
    await button(`${texts.app.more}: vision-lab`).click();
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await looked('menu');
    await page.keyboard.press('Escape');

    await page.keyboard.press(process.platform === 'darwin' ? 'Meta+k' : 'Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await looked('palette');
    await page.keyboard.type('llm');
    await expect(page.getByRole('option').first()).toContainText('llm');
    await looked('palette-found');
    await page.keyboard.press('Escape');

    await details('web').click();
    await button(texts.compare.action).click();
    await expect(page.getByRole('table').getByRole('cell').first()).toContainText(/\d/);
    await looked('service');
    await page.getByRole('tab', { name: texts.service.localTitle }).click();
    await looked('service-address');
    await page.getByRole('tab', { name: texts.app.details }).click();
    await looked('service-details');
    await button(texts.app.back).click();

    await details('notes').click();
    await expect(page.getByText('--host 0.0.0.0 --port 7861')).toBeVisible();
    await looked('service-failing');
    await button(texts.app.back).click();

    await details('redis').click();
    await looked('service-tcp');

    await button(texts.places.containers).click();
    await looked('containers');
    await button(texts.creation.action).click();
    const creation = page.getByRole('dialog');
    for (const [index, [name, port]] of (
      [
        ['gradio', '8188'],
        ['', '7860'],
      ] as const
    ).entries()) {
      await creation.getByRole('button', { name: texts.creation.addMapping }).click();
      await creation.getByLabel(texts.mappings.nameOptional).nth(index).fill(name);
      await creation.getByLabel(texts.mappings.port, { exact: true }).nth(index).fill(port);
    }
    await looked('creation');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: texts.account.label }).click();
    await expect(page.getByRole('menuitemradio').first()).toBeVisible();
    await looked('account');
    await page.getByRole('menuitem', { name: texts.diagnostics.show }).click();
    await expect(page.getByRole('dialog')).toContainText('gear.localhost');
    await looked('diagnostics');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^vision-lab/ }).click();
    const form = page.getByRole('form', { name: texts.mappings.add });
    await form.getByLabel(texts.mappings.nameOptional).fill('gradio');
    await form.getByLabel(texts.mappings.port, { exact: true }).fill('6006');
    await looked('container-failing');
    await form.getByLabel(texts.mappings.nameOptional).fill('demo');
    await form.getByLabel(texts.mappings.port, { exact: true }).fill('9000');
    await button(texts.mappings.add).click();
    await expect(button(texts.mappings.pendingRunning)).toBeVisible();
    await looked('container');
    await button(texts.mappings.pendingRunning).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
    await looked('question');
    await page.keyboard.press('Escape');

    await button(texts.places.compare).click();
    await expect(page.getByText(texts.measure.all.notYet).first()).toBeVisible();
    await looked('compare');

    await button(texts.places.inspector).click();
    await expect(page.getByText(texts.inspector.noneText)).toBeVisible();
    await looked('inspector-empty');
    await ask(app);
    await page
      .getByRole('table')
      .getByRole('button', { name: /missing/ })
      .click();
    await looked('inspector');

    await get('connections.paste', {
      command: 'ssh -N -L 5432:127.0.0.1:5432 -L 8000:127.0.0.1:80 me@build.example -p 2222',
    });
    await button(texts.connections.title).click();
    await expect(page.getByRole('listitem', { name: 'build.example' })).toBeVisible();
    await looked('connections');
    await asked('connection-new', () => button(texts.connections.add).click());
    await button(texts.connections.import).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    // No picture: it shows the hosts of whoever runs this.
    expect.soft(await axeViolations(page), texts.connections.import).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    await button(texts.desktop.activity.title).click();
    await expect(page.getByRole('region', { name: texts.history.today })).toBeVisible();
    await looked('activity');
    await button(texts.places.containers).click();
    await page.getByRole('button', { name: /^vision-lab/ }).click();
    await button(texts.launch.action).click();
    await looked('recipes');
    await page.getByRole('button', { name: /^vLLM / }).click();
    await page.getByRole('dialog').getByLabel(texts.launch.field.model, { exact: true }).fill('demo/tiny');
    await looked('launch');
    await button(texts.launch.start).click();
    await expect(page.getByRole('listitem', { name: 'vLLM' })).toBeVisible();
    await page.getByRole('listitem', { name: 'vLLM' }).scrollIntoViewIfNeeded();
    await looked('started');
    await button(texts.launch.showLog.replace('{{name}}', 'vLLM')).click();
    await expect(page.getByText('Loading demo/tiny')).toBeVisible();
    await looked('log');

    await button(texts.models.title).click();
    const message = page.getByRole('textbox', { name: texts.chat.message });
    await message.fill('# Hello\n\n- `one`\n\n```js\nlet a = 1;\n```');
    await message.press('Enter');
    await expect(button(texts.chat.copyAnswer)).toBeVisible({ timeout: 30_000 });
    await looked('models');
    await button(texts.snippet.title).click();
    await looked('models-snippets');
    await button(texts.speed.title).click();
    await page.getByLabel(texts.speed.prompts, { exact: true }).fill('8');
    await page.getByLabel(texts.speed.answer).fill('10');
    await page.getByRole('region', { name: texts.speed.title }).getByRole('button').first().click();
    await expect(button(texts.speed.save)).toBeVisible({ timeout: 30_000 });
    await looked('models-speed');

    await button(texts.places.settings).click();
    await page.getByRole('switch', { name: texts.localAddress.httpsSwitch }).click();
    await expect(button(texts.localAddress.trustAsk)).toBeVisible();
    await looked('settings');
    await button(texts.desktop.transfer.export).click();
    await page.getByRole('switch', { name: texts.desktop.transfer.withSecrets }).click();
    await looked('export');
    const file = join(app.folder, 'moved.json');
    await saveTo(app.electron, file);
    await page.getByLabel(texts.desktop.transfer.passphrase, { exact: true }).fill('correct horse');
    await page.getByLabel(texts.passphrase.again).fill('correct horse');
    await page.getByRole('dialog').getByRole('button', { name: texts.desktop.transfer.export }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await openFrom(app.electron, file);
    await asked('import', () => button(texts.desktop.transfer.import).click());

    /** The hint of what was reached by Tab; Escape sends it away. Of what is pointed at, it can be pointed at too. */
    async function lookAtHints() {
      const hint = (text: string) => page.locator('[data-hint-text]').getByText(text);
      await page.getByRole('button', { name: texts.palette.open }).focus();
      await page.keyboard.press('Tab');
      await expect(hint(texts.places.services)).toBeVisible();
      await looked('hint');
      await page.keyboard.press('Escape');
      await expect(hint(texts.places.services)).toBeHidden();
      const more = `${texts.app.more}: vision-lab`;
      await button(more).hover();
      await hint(more).hover();
      await expect(hint(more)).toBeVisible();
      await page.getByRole('heading', { level: 1 }).hover();
      await expect(hint(more)).toBeHidden();
    }
  });
}

/** Some requests through a local address: one that works, one that fails. */
async function ask({ get }: DesktopApp) {
  const { services } = (await get('state.get', {})).state;
  const local = Object.values(services).find(({ name }) => name === 'web')?.local?.url;
  for (const path of ['/', '/missing', '/data?page=2']) await fetchLocal(new URL(path, local).href);
}

async function seeServices(page: Page) {
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d/);
  await expect(page.getByRole('listitem', { name: 'notes', exact: true })).toContainText('502');
}
