import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type DesktopApp, makeFolder, startApp } from './support/desktop-app.ts';
import { expect, test } from './support/test.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Chooses an entry of the application's menu, as a person does. */
const chooseMenu = ({ electron }: DesktopApp, menu: string, entry: string) =>
  electron.evaluate(
    ({ Menu }, [top, text]) => {
      const found = Menu.getApplicationMenu()?.items.find(({ label }) => label === top);
      found?.submenu?.items.find(({ label }) => label === text)?.click();
    },
    [menu, entry] as const,
  );

/** Answers the next dialogs of the system with this path. */
const answerDialogs = ({ electron }: DesktopApp, path: string) =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);

test.describe('with the local platform', () => {
  test.use({ words: ['--demo'] });

  test('settings take effect at once, and each can be reset', async ({ app }) => {
    const { page } = app;
    await button(page, 'Settings').click();
    await button(page, 'Dark').click();
    await expect
      .poll(() => app.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors))
      .toBe(true);
    await page.getByRole('switch', { name: 'Keep running in the tray' }).click();
    await expect(page.getByRole('switch', { name: 'Keep running in the tray' })).toBeChecked();
    await button(page, 'Reset Theme').click();
    await expect(button(page, 'Reset Theme')).toBeHidden();
    await button(page, 'Reset all settings').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reset' }).click();
    await expect(page.getByRole('switch', { name: 'Keep running in the tray' })).not.toBeChecked();
    await expect(button(page, 'Reset all settings')).toBeDisabled();
  });

  test('everything is exported under a passphrase, and looked at before it is imported', async ({ app }) => {
    const { page } = app;
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toBeVisible();
    await answerDialogs(app, join(app.folder, 'moved.json'));
    await chooseMenu(app, 'File', 'Export…');
    let dialog = page.getByRole('dialog', { name: 'Export settings and services' });
    await dialog.getByRole('switch', { name: /Include secrets/ }).click();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('short');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await expect(dialog).toContainText('The two differ.');
    await dialog.getByLabel('The same again').fill('short');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await expect(dialog).toContainText('Use a passphrase of at least 8 characters.');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse');
    await dialog.getByLabel('The same again').fill('correct horse');
    await dialog.getByRole('button', { name: 'Export…' }).click();
    await expect(page.getByText('Written to moved.json.')).toBeVisible();

    await chooseMenu(app, 'File', 'Import…');
    dialog = page.getByRole('dialog', { name: 'Import moved.json?' });
    await expect(dialog).toContainText('Account demo');
    await dialog.getByLabel('Passphrase').fill('wrong horse');
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await expect(dialog).toContainText('The passphrase does not open this file.');
    await dialog.getByLabel('Passphrase').fill('correct horse');
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await expect(page.getByText('Imported. The engine was restarted with it.')).toBeVisible();
    await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  });

  test('what happened is one list: filtered, found by a text, cleared', async ({ app }) => {
    const { page } = app;
    await chooseMenu(app, 'View', 'Activity');
    await expect(page.getByRole('heading', { name: 'Activity', exact: true })).toBeVisible();
    const today = page.getByRole('region', { name: 'Today' });
    await expect(today).toContainText('notes does not answer');
    await expect(today).toContainText('Local addresses are served');
    await button(page, 'Problems').click();
    await expect(today).not.toContainText('Local addresses are served');
    await expect(today).toContainText('notes does not answer');
    await button(page, 'All').click();
    await page.getByLabel('Filter what happened').fill('LOCAL addresses');
    await expect(today.getByRole('listitem')).toHaveCount(1);
    await page.getByLabel('Filter what happened').fill('');
    await today
      .getByRole('button', { name: /notes does not answer/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { name: 'notes' })).toBeVisible();
    await button(page, 'Back').click();
    await button(page, 'Clear').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Clear' }).click();
    await expect(page.getByText('Nothing happened yet').or(today)).toBeVisible();
    await expect(page.getByText('Local addresses are served')).toBeHidden();
  });

  test('a menu opens the palette, and a place, while the page is being loaded too', async ({ app }) => {
    const { page } = app;
    await app.electron.evaluate(({ BrowserWindow, Menu }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.once('did-start-navigation', () => {
        const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View');
        view?.submenu?.items.find(({ label }) => label === 'Inspector')?.click();
      });
      contents?.reload();
    });
    await expect(page.getByRole('heading', { name: 'Inspector', exact: true })).toBeVisible();
    await chooseMenu(app, 'View', 'Containers');
    await expect(page.getByRole('heading', { name: 'Containers', exact: true })).toBeVisible();
    await chooseMenu(app, 'View', 'Find a Service or Action…');
    await expect(page.getByRole('option').first()).toBeVisible();
  });

  test('a star brings a service to the front, from its row and from its page', async ({ app }) => {
    const { page } = app;
    const first = page
      .getByRole('region', { name: 'Services of vision-lab' })
      .getByRole('listitem', { name: /./ })
      .first();
    await expect(page.getByRole('listitem', { name: 'notes', exact: true })).toBeVisible();
    await button(page, 'More notes').click();
    await page.getByRole('menuitem', { name: 'Mark', exact: true }).click();
    await page.getByRole('heading', { name: 'Services', exact: true }).hover();
    await expect(first).toHaveAccessibleName('notes');
    await first.getByRole('button', { name: /^notes :/ }).click();
    await button(page, 'Remove the mark of notes').click();
    await expect(button(page, 'Mark notes')).toBeVisible();
    await page.getByRole('heading', { level: 1 }).hover();
    await button(page, 'Back').click();
    await expect(first).not.toHaveAccessibleName('notes');
  });

  test('a service that was taken from the list comes back by Undo', async ({ app }) => {
    const { page } = app;
    await button(page, 'Add a service').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Port').fill('4567');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Services');
    const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await button(page, 'Back').click();
    await button(page, `More ${name}`).click();
    await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
    // Its place stays while the pointer rests there, but nothing in it can be pressed.
    const row = page.getByRole('listitem', { name, exact: true });
    await expect(row).toHaveAttribute('data-gone', 'true');
    await button(page, 'Undo').hover();
    await expect(row).toBeHidden();
    await button(page, 'Undo').click();
    await expect(row).toHaveAttribute('data-gone', 'false');
  });
});

test('a damaged file and a newer one are told at the top until they are read', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder.path, 'settings.json'), '{"content":{"theme":');
  const app = await startApp({ folder: folder.path, words: ['--demo'] });
  const { page } = app;
  await expect(
    page.getByText(/^Settings could not be read\. A copy was kept as settings\.damaged-/),
  ).toBeVisible();
  await button(page, 'Understood').click();
  await expect(page.getByText(/could not be read/)).toBeHidden();
  await app.quit();
  await folder.remove();
});

test('settings are there before anybody is signed in', async ({ app }) => {
  const { page } = app;
  await expect(button(page, 'Try it')).toBeVisible();
  await chooseMenu(app, 'File', 'Settings…');
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await button(page, 'Back').click();
  await expect(button(page, 'Try it')).toBeVisible();
});
