import { runGearway } from '../main/testing/index.ts';
import { startPlatformFront } from './support/platform-front.ts';
import { expect, test } from './support/test.ts';

/** When told to, it keeps its answers back for ever. */
async function startBrake(origin: string) {
  let isSlow = false;
  const front = await startPlatformFront(origin, () => (isSlow ? 'taken' : {}));
  return {
    ...front,
    slowDown: () => {
      isSlow = true;
    },
  };
}

test('a platform that does not answer leaves everything else usable, and waiting can be given up', async ({
  app,
  opened,
}) => {
  const platform = runGearway(['platform', '--json']);
  const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
  const brake = await startBrake(String(ready.origin));
  const { page } = app;
  const signIn = async () => {
    await page.getByRole('button', { name: 'Private' }).click();
    await page.getByLabel('Console address').fill(brake.origin);
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    await page.getByLabel('Domain of public addresses').fill(`http://${edge.domain}:${edge.port}`);
    await page.getByLabel('Token', { exact: true }).fill(String(ready.token));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  try {
    await signIn();
    const web = page.getByRole('listitem', { name: 'web', exact: true });
    await expect(web).toContainText(/\d ms/);

    await page.getByRole('button', { name: 'Containers', exact: true }).click();
    await page.getByRole('button', { name: 'New container' }).click();
    await page.getByLabel('Name of the project').fill('slow-lab');
    brake.slowDown();
    await page.getByRole('button', { name: 'Create and start' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Create and start' }).click();
    await page.getByRole('button', { name: 'Close and let it go on' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();

    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeDisabled();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeEnabled();
    await page.getByRole('button', { name: 'New container' }).click();
    await expect(page.getByText('Asking what can be chosen…')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^vision-lab/ }).click();
    await page.getByRole('button', { name: 'Show the log' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Show the log' })).toBeEnabled();
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restart' }).click();
    await expect(page.getByText('restarting…')).toBeVisible();
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(page.getByText('restarting…')).toBeHidden();

    await page.getByRole('button', { name: 'Services', exact: true }).click();
    await page.getByRole('button', { name: 'Open web', exact: true }).click();
    await expect.poll(opened.list).toHaveLength(1);
    await page.getByRole('button', { name: /Account: demo/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    await expect(page.getByLabel('Console address')).toHaveValue(brake.origin);
  } finally {
    brake.stop();
    await platform.stop();
  }
});
