import { startTestPlatform } from '../main/local-platform/testing/start-test-platform.ts';
import { createCleanup, freePort, openMachine, startSshServer } from '../main/testing/index.ts';
import { words } from '../shared/words/index.ts';
import { axeViolations } from './support/axe.ts';
import { keepScreen, looks, setLook } from './support/screens.ts';
import { expect, makeFolder, test } from './support/test.ts';

const cleanup = createCleanup();
test.afterEach(() => cleanup.run());

/** What somebody gets who knows the address alone. */
const asStranger = async (url: string) => {
  const { hostname, port, host } = new URL(url);
  const { request } = await import('node:http');
  return new Promise<string>((resolve, reject) => {
    const asked = request(
      { host: hostname.endsWith('.localhost') ? '127.0.0.1' : hostname, port, headers: { host } },
      (answer) => {
        let text = `${answer.statusCode} `;
        answer.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(text));
      },
    );
    asked.on('error', reject).end();
  });
};

test('a service that is open to anyone is by link after four presses', async ({ app }) => {
  test.setTimeout(120_000);
  const { page, get } = app;
  const machine = cleanup.add(await openMachine());
  const home = await makeFolder();
  cleanup.later(() => home.remove());
  const ssh = cleanup.add(await startSshServer({ machine, options: [`SetEnv HOME=${home.path}`] }));
  const platform = await startTestPlatform(cleanup);
  const port = machine.isolated ? 7_860 : await freePort();
  const containerId = platform.addOutside({
    name: 'lab',
    mappings: [{ port, name: 'demo' }],
    sshHost: ssh.host,
    sshPort: ssh.port,
    sshUser: 'root',
    password: ssh.password,
    address: machine.address,
  });
  await get('session.signIn', {
    instance: 'private',
    origin: platform.origin,
    domain: `http://${platform.edge.domain}:${platform.edge.port}`,
    token: platform.token,
  });
  const values = { port: String(port), folder: home.path, host: '0.0.0.0' };
  await get('launch.start', { containerId, recipe: 'static', name: 'web', values });
  await page.getByRole('button', { name: 'Services', exact: true }).click();
  const row = page.getByRole('listitem', { name: 'demo', exact: true });
  await expect(row).toContainText(words.en.services.openToAnyone, { timeout: 30_000 });
  const service = Object.values((await get('state.get', {})).state.services).find(
    (one) => one.containerId === containerId && one.port === port,
  );
  const url = service !== undefined && 'url' in service.exposure ? service.exposure.url : '';
  expect(await asStranger(url)).toMatch(/^200 /);

  let presses = 0;
  const press = async (locator: ReturnType<typeof page.getByRole>) => {
    await locator.click();
    presses += 1;
  };
  await press(row.getByRole('button', { name: `${words.en.app.more} demo` }));
  await press(page.getByRole('menuitem', { name: words.en.share.action }));
  const sheet = page.getByRole('dialog');
  const go = sheet.getByRole('button', { name: words.en.share.restartAction });
  await expect(go).toBeEnabled({ timeout: 20_000 });
  for (const look of looks) {
    await setLook(app, look);
    await keepScreen(page, 'share', look);
    expect.soft(await axeViolations(page), 'share').toEqual([]);
  }
  await press(sheet.getByRole('button', { name: words.en.share.restartAction }));
  await expect(sheet).toContainText(words.en.share.verified, { timeout: 30_000 });
  await press(sheet.getByRole('button', { name: new RegExp(words.en.share.secretLink) }).first());
  expect(presses).toBe(4);
  expect(await asStranger(url)).toMatch(/^401 /);
  for (const look of looks) {
    await setLook(app, look);
    await keepScreen(page, 'shared', look);
    expect.soft(await sheet.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect.soft(await axeViolations(page), 'shared').toEqual([]);
  }
  await sheet.getByRole('button', { name: words.en.share.done }).click();
  await expect(row).toContainText('by link until');
});
