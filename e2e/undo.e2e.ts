import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerQuestions, makeFolder, startApp } from './support/desktop-app.ts';
import { expect, test } from './support/test.ts';

test.describe('what was removed comes back by one press', () => {
  test.use({ words: ['--demo'] });

  test('a mapping, a set, a recipe, a forward, its connection, and who was signed in', async ({ app }) => {
    const { page } = app;
    const undo = page.getByRole('button', { name: 'Undo' });
    // One offer at a time: a press on another one would say nothing of this one.
    const putBack = async () => {
      await undo.click();
      await expect(undo).toBeHidden();
    };
    await page.getByRole('button', { name: 'vision-lab', exact: true }).click();
    const row = page.getByRole('row', { name: /web .*7860/ });
    await page.getByRole('button', { name: 'Remove the mapping of port 7860' }).click();
    await expect(row).toContainText('goes');
    await expect(page.getByText('web is no longer in the list.')).toBeVisible();
    await putBack();
    await expect(row).not.toContainText('goes');
    await expect(page.getByRole('button', { name: 'Remove the mapping of port 7860' })).toBeVisible();

    await app.get('templates.save', { id: 'mine', title: 'Mine', mappings: [{ name: 'web', port: 7860 }] });
    const sets = page.getByRole('button', { name: 'Add a set' });
    await sets.click();
    await page.getByRole('menuitem', { name: 'Remove the set Mine' }).click();
    await putBack();
    await sets.click();
    await expect(page.getByRole('menuitem', { name: 'Mine', exact: true })).toBeVisible();
    await page.keyboard.press('Escape');

    await app.get('recipes.save', { name: 'Own demo', recipe: 'gradio', values: {} });
    await page.getByRole('button', { name: 'Start a service' }).click();
    const own = page.getByRole('button', { name: /^Own demo/ });
    await page.getByRole('button', { name: 'More for Own demo' }).click();
    await page.getByRole('menuitem', { name: 'Forget the recipe Own demo' }).click();
    await expect(own).toBeHidden();
    await putBack();
    await expect(own).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();

    // Nobody listens there: a forward that was closed comes back closed.
    await app.get('connections.paste', { command: 'ssh -N -L 5432:127.0.0.1:5432 -p 9 me@127.0.0.1' });
    await page.getByRole('button', { name: 'Connections', exact: true }).click();
    const forward = page.getByRole('listitem', { name: '5432:127.0.0.1:5432' });
    await expect(forward).toContainText('closed');
    await forward.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(forward).toBeHidden();
    await putBack();
    await expect(forward).toContainText('closed');

    const connection = page.getByRole('listitem', { name: '127.0.0.1:9', exact: true });
    await connection.getByRole('button', { name: 'More: 127.0.0.1:9', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(connection).toBeHidden();
    await putBack();
    await expect(forward).toContainText('closed');

    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Try it', exact: true })).toBeVisible();
    await putBack();
    await page.getByRole('button', { name: 'Services', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Open web' })).toBeVisible();
  });
});

test('a choice that cannot be kept goes back, and says why', async () => {
  test.skip(process.platform !== 'linux', 'the entry for the login is a file on Linux only');
  const folder = await makeFolder();
  // Where the folder for such entries would be.
  await writeFile(join(folder.path, 'autostart'), '');
  // Where the certificate of the authority would be laid.
  await mkdir(join(folder.path, 'local-authority.pem'));
  const app = await startApp({
    folder: folder.path,
    words: ['--demo'],
    env: { XDG_CONFIG_HOME: folder.path },
  });
  try {
    const { page } = app;
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await answerQuestions(app, true);
    const atLogin = page.getByRole('switch', { name: 'Start with this computer' });
    await atLogin.click();
    await expect(page.getByText('The system did not take the entry for its login.')).toBeVisible();
    await expect(atLogin).not.toBeChecked();
    const https = page.getByRole('switch', { name: /^Speak HTTPS/ });
    await https.click();
    await expect(
      page.getByText('No certificates for local names could be made. HTTPS stays off.'),
    ).toBeVisible();
    await expect(https).not.toBeChecked();
    const { settings } = (await app.get('shell.state', {})).state;
    expect(settings.launchAtLogin).toBe(false);
  } finally {
    await app.quit();
    await folder.remove();
  }
});
