import { connect } from 'node:net';
import type { Locator, Page } from '@playwright/test';
import { fetchLocal } from './support/fetch-local.ts';
import { expect, test } from './support/test.ts';

const row = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });

/** From the first screen to the list of services. */
async function tryIt(page: Page) {
  await page.getByRole('button', { name: 'Try it', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Services', exact: true })).toBeVisible();
  await expect(row(page, 'web')).toContainText(/\d ms/);
}

const openPage = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name} :`) }).click();

/** At most so many clicks and keys lead from the first start to the sample in the browser, within a minute. */
const mostActions = 6;
const minuteMs = 60_000;

test('a first-time user opens a service within a minute and six actions', async ({ app, opened }) => {
  const { page } = app;
  const begun = Date.now();
  let actions = 0;
  /** What a person sees and presses: a button by its name. */
  const press = async (name: string) => {
    actions += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };
  await press('Try it');
  // A person looks first: it answers.
  await expect(row(page, 'web')).toContainText(/\d ms/);
  await press('Open web');
  await expect.poll(opened.list).toHaveLength(1);
  expect(actions).toBeLessThanOrEqual(mostActions);
  expect(Date.now() - begun).toBeLessThan(minuteMs);

  const [address = ''] = await opened.list();
  expect(address).toMatch(/^http:\/\/web\.localhost:\d+\/$/);
  const answer = await fetchLocal(address);
  expect(answer.status).toBe(200);
  expect(answer.headers['x-gearway-route']).toBe('public');
  expect(answer.body).toContain('<title>');
});

/** Drags this out of its place with the mouse; what whoever takes it gets, by type. */
async function dragged(page: Page, what: Locator): Promise<Readonly<Record<string, string>>> {
  await page.evaluate(() => {
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener(
      'drop',
      ({ dataTransfer: data }) => {
        const got = (data?.types ?? []).map((type) => [type, data?.getData(type)]);
        Object.assign(window, { dropped: Object.fromEntries(got) });
      },
      { once: true },
    );
  });
  await what.dragTo(page.getByRole('heading', { name: 'Services', exact: true }));
  return page.evaluate(() => (window as unknown as { dropped: Readonly<Record<string, string>> }).dropped);
}

test('raw TCP says that it has no public route, and its tunnel carries Redis', async ({ app }) => {
  const { page } = app;
  await tryIt(page);
  await expect(row(page, 'redis')).toContainText('no public route (TCP)');
  // The second click would close it again: the button under the pointer does that by then.
  await page.getByRole('button', { name: 'Open tunnel redis', exact: true }).dblclick({ delay: 200 });
  const address = row(page, 'redis').locator('code');
  await expect(address).toHaveText(/^127\.0\.0\.1:\d+$/);
  const port = Number((await address.textContent())?.split(':')[1]);
  // Other programs can be given it by the mouse: a link where it is one, with its scheme, which the list leaves out.
  expect(await dragged(page, address)).toEqual({ 'text/plain': `127.0.0.1:${port}` });
  const link = await dragged(page, row(page, 'web').locator('code'));
  expect(link['text/plain']).toMatch(/^http:\/\/web\.localhost:\d+$/);
  expect(link['text/uri-list']).toBe(`${link['text/plain']}/`);
  expect(await ping(port)).toBe('+PONG\r\n');
  await page.getByRole('button', { name: 'Close tunnel redis', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Open tunnel redis', exact: true })).toBeVisible();
});

test('a service bound to 127.0.0.1 is named as such, and works through the tunnel', async ({
  app,
  opened,
}) => {
  const { page } = app;
  await tryIt(page);
  await expect(row(page, 'notes')).toContainText('502');
  await expect(row(page, 'notes')).toContainText('listens on 127.0.0.1 only');
  await openPage(page, 'notes');
  const tunnel = page.getByRole('region', { name: 'Tunnel', exact: true });
  await tunnel.getByRole('button', { name: 'Open tunnel' }).click();
  await expect(tunnel).toContainText(/verified \d+ s ago/);
  await expect(page.getByText('--host 0.0.0.0 --port 7861')).toBeVisible();
  await page.getByRole('button', { name: 'Open notes', exact: true }).click();
  await expect.poll(opened.list).toHaveLength(1);
  const answer = await fetchLocal((await opened.list())[0] ?? '');
  expect(answer.headers['x-gearway-route']).toBe('tunnel');
  expect(answer.status).toBe(200);
});

test('both routes are compared side by side', async ({ app }) => {
  const { page } = app;
  await tryIt(page);
  await openPage(page, 'web');
  await page.getByRole('button', { name: 'Compare now', exact: true }).click();
  const table = page.getByRole('table');
  for (const measure of ['Connect', 'First byte', 'Total']) {
    const cells = table.getByRole('row', { name: new RegExp(`^${measure} `) }).getByRole('cell');
    await expect(cells).toHaveText([/[\d.]+ ms/, /[\d.]+ ms/, /^(|.*×)$/]);
  }
  await page.getByRole('button', { name: 'Back' }).click();
  await openPage(page, 'notes');
  await page.getByRole('button', { name: 'Compare now', exact: true }).click();
  const connect = table.getByRole('row', { name: /^Connect / }).getByRole('cell');
  await expect(connect).toHaveText([/The platform reaches nothing on this port/, /[\d.]+ ms/, '']);
});

test('a mapping is checked while it is typed, and answers after the restart', async ({ app }) => {
  const { page } = app;
  await tryIt(page);
  await page.getByRole('button', { name: 'vision-lab', exact: true }).click();
  const form = page.getByRole('form', { name: 'Add mapping' });
  const name = form.getByLabel('Name (optional)');
  const port = form.getByLabel('Port', { exact: true });

  for (const [typed, sentence] of [
    ['6006', 'Port 6006 is reserved by the platform. A tunnel can still reach it.'],
    ['70000', 'A port is a number from 1 to 65535.'],
    ['7860', 'Port 7860 is mapped already.'],
  ] as const) {
    await port.fill(typed);
    await expect(form).toContainText(sentence);
  }
  for (const [typed, sentence] of [
    ['gradio', 'The name “gradio” is used by container old-demo. Choose another one.'],
    ['no_underscores', 'Use small letters, digits and hyphens; begin and end with a letter or digit.'],
  ] as const) {
    await name.fill(typed);
    await expect(form).toContainText(sentence);
  }
  await form.getByRole('button', { name: 'Add mapping' }).click();
  await expect(name).toHaveValue('no_underscores');

  await name.fill('second');
  await port.fill('9000');
  await expect(form).toContainText(/http:\/\/demo-second\.gear\.localhost:\d+/);
  await form.getByRole('button', { name: 'Add mapping' }).click();
  await name.fill('sixth');
  await port.fill('9001');
  await form.getByRole('button', { name: 'Add mapping' }).click();
  await port.fill('9002');
  await expect(form).toContainText('A container can have 5 mappings.');

  await page.getByRole('button', { name: 'Restart now' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('The platform bills the new run: rtx-4090.');
  await question.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText('These changes take effect')).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: /second 9000/ })).not.toContainText('new');
  await expect(row(page, 'second')).toContainText('Public');
});

test('a busy local port is said where it was typed, and nothing typed is lost', async ({ app }) => {
  const { page } = app;
  await tryIt(page);
  await openPage(page, 'redis');
  const tunnel = page.getByRole('region', { name: 'Tunnel', exact: true });
  // Surely busy: the application's own local addresses listen there.
  const { proxy } = (await app.get('state.get', {})).state;
  const busy = proxy.kind === 'listening' ? String(proxy.port) : '';
  await tunnel.getByLabel('Local port').fill(busy);
  await tunnel.getByRole('button', { name: 'Open tunnel' }).click();
  await expect(tunnel).toContainText(`Port ${busy} on this computer is used`);
  await expect(tunnel.getByLabel('Local port')).toHaveValue(busy);
  await tunnel.getByLabel('Local port').fill('99999');
  await tunnel.getByRole('button', { name: 'Open tunnel' }).click();
  await expect(tunnel).toContainText('A port is a number from 1 to 65535.');
});

test('the interface changes its language at once', async ({ app }) => {
  const { page } = app;
  await tryIt(page);
  /** The public address as a picture for a phone. */
  const showCode = async (label: string, next: string) => {
    await openPage(page, 'web');
    await page.getByRole('button', { name: label, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: label });
    const address = (await dialog.getByRole('img', { name: /^https?:/ }).getAttribute('aria-label')) ?? '';
    expect(address).toContain('demo-');
    await expect(dialog).toContainText(address);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: next, exact: true }).click();
  };
  await showCode('Show as a QR code', 'Settings');
  await page.getByRole('button', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '设置', exact: true })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: '服务', exact: true }).click();
  await showCode('显示二维码', '服务');
});

/** Sends one command to a Redis server and gives its answer. */
function ping(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Nothing came back.')));
  });
}
