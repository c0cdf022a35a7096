import { execFileSync } from 'node:child_process';
import { get } from 'node:https';
import { join } from 'node:path';
import { answerQuestions } from './support/desktop-app.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

const status = (url: URL, ca: string) =>
  new Promise<number>((resolve, reject) => {
    get(
      {
        ...{ host: '127.0.0.1', port: url.port, path: '/', ca, agent: false },
        ...{ servername: url.hostname, headers: { host: url.host } },
      },
      (answer) => resolve(answer.resume().statusCode ?? 0),
    ).on('error', reject);
  });

test.skip(process.platform !== 'linux', 'It would change what this computer trusts.');

test('HTTPS is switched on, trusted by the system on request, and neither any more', async () => {
  const [folder, home] = [await makeFolder(), await makeFolder()];
  const app = await startApp({ folder: folder.path, words: ['--demo'], env: { HOME: home.path } });
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const part = page.getByRole('region', { name: 'HTTPS at local addresses' });
  const toggle = part.getByRole('switch');
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();

  // The switch shows the choice at once; the addresses follow when the certificate is made.
  const webUrl = async () => {
    const { services } = (await app.get('state.get', {})).state;
    return Object.values(services).find(({ name }) => name === 'web')?.local?.url ?? '';
  };
  await expect.poll(webUrl).toMatch(/^https:/);
  const { proxy } = (await app.get('state.get', {})).state;
  const ca = proxy.kind === 'listening' ? (proxy.https?.authority ?? '') : '';
  const url = new URL(await webUrl());
  expect(await status(url, ca)).toBe(200);

  await expect(part).toContainText('Browsers warn until they trust this authority.');
  const questions = await answerQuestions(app, true);
  await part.getByRole('button', { name: 'Trust it on this computer…' }).click();
  await expect.poll(questions).toEqual([expect.stringContaining('Its key stays on this computer.')]);
  await expect(part).toContainText('Programs of your account trust this authority.');
  const store = `sql:${join(home.path, '.pki', 'nssdb')}`;
  const list = () => execFileSync('certutil', ['-L', '-d', store], { encoding: 'utf8' });
  expect(list()).toMatch(/Gearway local addresses \w+ +C,,/);

  await part.getByRole('button', { name: 'Trust it no longer' }).click();
  await expect(part).toContainText('Browsers warn until they trust this authority.');
  expect(list()).not.toContain('Gearway');
  await toggle.click();
  await expect(toggle).not.toBeChecked();
  await app.quit();
  await folder.remove();
  await home.remove();
});
