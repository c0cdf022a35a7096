import { runGearway } from '../main/testing/index.ts';
import { expect, test } from './support/test.ts';

test.describe('signing in', () => {
  test('names what is wrong at its field and keeps what was typed', async ({ app }) => {
    const { page } = app;
    await page.getByRole('button', { name: 'Private' }).click();
    const origin = page.getByLabel('Console address');
    const domain = page.getByLabel('Domain of public addresses');
    const token = page.getByLabel('Token');
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true });

    await signIn.click();
    await expect(page.getByText('This is not the address of a platform.')).toBeVisible();
    await origin.fill('http://127.0.0.1:9');
    await signIn.click();
    await expect(page.getByText('This is no domain.')).toBeVisible();
    await domain.fill('gear.localhost');
    await signIn.click();
    await expect(page.getByText('Paste the token first.')).toBeVisible();
    await token.fill('not-a-real-token');
    await signIn.click();
    await expect(page.getByText(/127\.0\.0\.1(:9)? cannot be reached/)).toBeVisible();
    await expect(origin).toHaveValue('http://127.0.0.1:9');
    await expect(domain).toHaveValue('gear.localhost');
    await expect(token).toHaveValue('not-a-real-token');
  });

  test('works against a platform on another address; a wrong token is refused there', async ({ app }) => {
    const platform = runGearway(['platform', '--json']);
    try {
      const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
      const { page } = app;
      await page.getByRole('button', { name: 'Private' }).click();
      await page.getByLabel('Console address').fill(String(ready.origin));
      const edge = ready.edge as { readonly domain: string; readonly port: number };
      await page.getByLabel('Domain of public addresses').fill(`http://${edge.domain}:${edge.port}`);
      await page.getByLabel('Token').fill('wrong');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByText('The platform does not accept this token.')).toBeVisible();
      await page.getByLabel('Token').fill(` Bearer ${String(ready.token)}\n`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('button', { name: /Account: demo/ })).toBeVisible();
      await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
    } finally {
      await platform.stop();
    }
  });

  test('out leads back to the first screen', async ({ app }) => {
    const { page } = app;
    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await page.getByRole('button', { name: /Account: demo/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('button', { name: 'Try it', exact: true })).toBeVisible();
  });
});
