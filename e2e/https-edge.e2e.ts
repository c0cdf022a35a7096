import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runGearway } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import type { DesktopApp } from './support/desktop-app.ts';
import { keepScreen } from './support/screens.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

interface Ready {
  readonly origin: string;
  readonly token: string;
  readonly edge: { readonly domain: string; readonly port: number; readonly ca: string };
}

/** Opens the page of the sample service behind an edge that speaks HTTPS. */
async function openService({ page }: DesktopApp, { origin, token, edge }: Ready): Promise<void> {
  await page.getByRole('button', { name: 'Private', exact: true }).click();
  await page.getByLabel('Console address').fill(origin);
  await page.getByLabel('Domain of public addresses').fill(`https://${edge.domain}:${edge.port}`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: /^web :/ }).click();
}

const lane = (page: Page) => page.getByRole('region', { name: words.en.services.public, exact: true });

test('the certificate of the public edge is shown, and who signed one that is not trusted', async () => {
  test.setTimeout(120_000);
  const platform = runGearway(['platform', '--https', '--json']);
  const folder = await makeFolder();
  try {
    const ready = (await platform.line(
      'the platform is ready',
      ({ event }) => event === 'ready',
    )) as unknown as Ready;
    const file = join(folder.path, 'authority.pem');
    await writeFile(file, ready.edge.ca);

    const trusting = await startApp({
      folder: join(folder.path, 'trusting'),
      env: { NODE_EXTRA_CA_CERTS: file },
    });
    await openService(trusting, ready);
    await expect(lane(trusting.page)).toContainText(/Certificate of gear\.localhost, 36\d days left/);
    await expect(lane(trusting.page)).toContainText(/valid until \w+ \d+, 20\d\d/);
    await expect(lane(trusting.page)).toContainText(words.en.services.openToAnyone);
    await lane(trusting.page).getByRole('button', { name: words.en.copy.qr }).click();
    const dialog = trusting.page.getByRole('dialog', { name: words.en.copy.qr });
    await expect(dialog).toContainText(words.en.services.openToAnyone);
    await keepScreen(trusting.page, 'qr-open', { size: [1280, 800], theme: 'light', language: 'en' });
    expect.soft(await axeViolations(trusting.page)).toEqual([]);
    await trusting.quit();

    const other = await startApp({ folder: join(folder.path, 'other') });
    await openService(other, ready);
    await expect(lane(other.page)).toContainText(/Not trusted: \w+/);
    const finding = other.page.getByRole('article', { name: words.en.finding.tls_intercepted });
    await expect(finding).toContainText('Signed by gear.localhost.');
    await keepScreen(other.page, 'tls-untrusted', { size: [1280, 800], theme: 'light', language: 'en' });
    await other.quit();
  } finally {
    await platform.stop();
    await folder.remove();
  }
});
