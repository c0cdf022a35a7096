import { runGearway } from '../main/testing/index.ts';
import { startPlatformFront } from './support/platform-front.ts';
import { expect, test } from './support/test.ts';

/** When told to, it calls every token expired but the new one. */
async function startExpiry(origin: string, token: string) {
  let isExpired = false;
  const front = await startPlatformFront(origin, (asked, answer) => {
    if (!isExpired || asked.headers.authorization === `Bearer ${token}-new`)
      return { authorization: `Bearer ${token}` };
    asked.resume();
    // Refusals come with status 200, as the platform's errors do.
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end('{"errors":[{"message":"JWT expired at 2026-01-01"}]}');
    return 'taken';
  });
  return {
    ...front,
    expire: () => {
      isExpired = true;
    },
  };
}

test('two accounts are kept and switched, and an expired token is entered again in place', async ({
  app,
}) => {
  const platform = runGearway(['platform', '--json']);
  const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
  const token = String(ready.token);
  const expiry = await startExpiry(String(ready.origin), token);
  const { page } = app;
  try {
    await page.getByRole('button', { name: 'Try it', exact: true }).click();
    await page.getByRole('button', { name: /Account: demo/ }).click();
    await page.getByRole('menuitem', { name: 'Add an account' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByRole('button', { name: 'Private' }).click();
    await dialog.getByLabel('Console address').fill(expiry.origin);
    const edge = ready.edge as { readonly domain: string; readonly port: number };
    await dialog.getByLabel('Domain of public addresses').fill(`http://${edge.domain}:${edge.port}`);
    await dialog.getByLabel('Token', { exact: true }).fill(token);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    const account = page.getByRole('button', { name: /Account: demo/ });
    await expect(account).toContainText(new URL(expiry.origin).host);
    // Names of local addresses are one's own over all accounts: the first `web` keeps its own.
    await expect(page.getByRole('listitem', { name: 'web-2', exact: true })).toContainText(/\d ms/);

    await account.click();
    await page.getByRole('menuitem', { name: 'Switch to demo, Local platform' }).click();
    await expect(account).toContainText('Local platform');
    await account.click();
    await page.getByRole('menuitem', { name: /Switch to demo, 127/ }).click();
    await expect(account).toContainText(new URL(expiry.origin).host);

    expiry.expire();
    await page.getByRole('button', { name: 'Containers', exact: true }).click();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(page.getByText('The platform no longer accepts the token of demo.')).toBeVisible();
    await expect(page.getByRole('listitem', { name: 'vision-lab', exact: true })).toBeVisible();
    await page.getByLabel('Token', { exact: true }).fill(`${token}-new`);
    await page.getByRole('button', { name: 'Use it' }).click();
    await expect(page.getByText('The platform no longer accepts the token of demo.')).toBeHidden();
  } finally {
    expiry.stop();
    await platform.stop();
  }
});
