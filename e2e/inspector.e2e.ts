import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { fetchLocal } from './support/fetch-local.ts';
import { expect, test } from './support/test.ts';

test.use({ words: ['--demo'] });

test('requests at a local address are listed, shown whole, and sent again over both routes', async ({
  app,
}) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  const { state } = await app.get('state.get', {});
  const web = Object.values(state.services).find(({ name }) => name === 'web');
  const address = web?.local?.url ?? '';
  await fetchLocal(new URL('/?token=very-secret', address).href);
  await fetchLocal(new URL('/nowhere', address).href);

  await page.getByRole('button', { name: 'Inspector', exact: true }).click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: /GET .*nowhere/ })).toContainText('404');
  await expect(table.getByRole('row', { name: /GET .*token/ })).not.toContainText('very-secret');
  await page.getByRole('button', { name: 'Failed', exact: true }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'All', exact: true }).click();
  await page.getByRole('searchbox').fill('nowhere');
  await expect(table.getByRole('row')).toHaveCount(2);

  await table.getByRole('button', { name: /nowhere/ }).click();
  const detail = page.getByRole('region', { name: 'Details' });
  await expect(detail).toContainText('First byte');
  await detail.getByText(/Request headers/).click();
  await expect(detail).toContainText('host');
  await detail.getByRole('button', { name: 'Send over both routes' }).click();
  await expect(detail).toContainText('Public');
  await expect(detail).toContainText(/The two answers are the same|differ|cannot be reached|no healthy/i);

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('searchbox').fill('');
  await expect(page.getByText('No requests yet')).toBeVisible();
});

test('a key for requests is kept at the service and never comes back', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: /^llm :/ }).click();
  await page.getByRole('tab', { name: 'Local address' }).click();
  await page.getByRole('textbox', { name: 'Key for requests' }).fill('sk-never-seen-again');
  await page.getByRole('button', { name: 'Keep the key' }).click();
  await expect(page.getByText('A key is kept.')).toBeVisible();
  const everything = JSON.stringify([await app.get('state.get', {}), await page.content()]);
  expect(everything).not.toContain('sk-never-seen-again');
});

test('requests are exported as a file that holds them and no secret', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  const { state } = await app.get('state.get', {});
  const web = Object.values(state.services).find(({ name }) => name === 'web');
  await fetchLocal(new URL('/exported?token=very-secret', web?.local?.url ?? '').href);
  await page.getByRole('button', { name: 'Inspector', exact: true }).click();
  const file = join(app.folder, 'requests.har');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.getByRole('button', { name: 'Export as HAR' }).click();
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('/exported');
  const text = await readFile(file, 'utf8');
  expect(JSON.parse(text).log.version).toBe('1.2');
  expect(text).not.toContain('very-secret');

  await page
    .getByRole('table')
    .getByRole('button', { name: /exported/ })
    .click();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText(
    'Its address and headers are sent without the secrets that were taken out.',
  );
});

test('a service gets a port of its own, which answers until it is closed', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  await page.getByRole('button', { name: /^web :/ }).click();
  await page.getByRole('tab', { name: 'Local address' }).click();
  await page.getByRole('button', { name: 'Open the port' }).click();
  const part = page.getByRole('region', { name: 'A port of its own' });
  await expect(part).toContainText(/http:\/\/127\.0\.0\.1:\d+/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec((await part.textContent()) ?? '')?.[0] ?? '';
  expect((await fetch(url)).headers.get('x-gearway-route')).toMatch(/public|tunnel/);
  await part.getByRole('button', { name: 'Close the port' }).click();
  await expect(part.getByRole('button', { name: 'Open the port' })).toBeVisible();
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'answers',
        () => 'refused',
      ),
    )
    .toBe('refused');

  await part.getByRole('textbox').fill('no port');
  await part.getByRole('button', { name: 'Open the port' }).click();
  await expect(part).toContainText(/port/i);
  await expect(part.getByRole('textbox')).toHaveAttribute('aria-invalid', 'true');
});

test('an order is sent again only after a question, and bodies and messages are shown where that was wished', async ({
  app,
}) => {
  const { page } = app;
  await expect(page.getByRole('listitem', { name: 'web', exact: true })).toContainText(/\d ms/);
  const { state } = await app.get('state.get', {});
  const address = Object.values(state.services).find(({ name }) => name === 'web')?.local?.url ?? '';
  await page.getByRole('button', { name: /^web :/ }).click();
  await page.getByRole('tab', { name: 'Requests' }).click();
  const keeps = page.getByRole('switch', { name: 'Keep the beginning of bodies' });
  await expect(keeps).not.toBeChecked();
  await fetchLocal(new URL('/echo?kept=no', address).href, { method: 'POST', body: 'unseen words' });
  await keeps.click();
  await expect(keeps).toBeChecked();
  await fetchLocal(new URL('/echo?kept=yes', address).href, { method: 'POST', body: 'words to keep' });
  await fetchLocal(new URL('/events?count=3&everyMs=10', address).href);
  await talk(new URL('/ws', address), 2);

  const table = page.getByRole('table');
  const detail = page.getByRole('region', { name: 'Details' });
  await table.getByRole('button', { name: /kept=no/ }).click();
  await expect(detail).toContainText('POST 200');
  await expect(detail).toContainText('12 B sent, 12 B received');
  await expect(detail).not.toContainText('unseen words');

  await table.getByRole('button', { name: /kept=yes/ }).click();
  await expect(detail.getByText('words to keep')).toHaveCount(2);
  await detail.getByRole('button', { name: 'Copy as curl' }).click();
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^curl -X POST 'http:.*kept=yes'.*--data-raw 'words to keep'$/);

  const requests = table.getByRole('row', { name: /POST .*kept=yes/ });
  await expect(requests).toHaveCount(1);
  await detail.getByRole('button', { name: 'Send over both routes' }).click();
  const question = page.getByRole('alertdialog', { name: 'Send POST again?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(requests).toHaveCount(1);
  await detail.getByRole('button', { name: 'Send over both routes' }).click();
  await question.getByRole('button', { name: 'Send over both routes' }).click();
  await expect(detail.getByRole('heading', { name: 'Public' })).toBeVisible();
  await expect(detail.getByRole('heading', { name: 'Tunnel' })).toBeVisible();
  await expect(detail).toContainText('The two answers are the same.');
  await expect(detail.getByText('words to keep')).toHaveCount(4);
  await expect(requests).toHaveCount(3);

  await page.getByRole('button', { name: 'Streams', exact: true }).click();
  await table.getByRole('button', { name: /events/ }).click();
  await expect(detail).toContainText('3 events');
  await page.getByRole('button', { name: 'WebSockets', exact: true }).click();
  await table.getByRole('button', { name: /ws/ }).click();
  await expect(detail).toContainText('2 messages sent, 2 received');
});

/** Opens a WebSocket at a local address, sends so many messages, hears each of them back, and closes. */
const talk = (address: URL, count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}${address.pathname}`, {
      headers: { host: address.host },
    });
    let heard = 0;
    socket.on('error', reject);
    socket.on('open', () => {
      for (let sent = 0; sent < count; sent += 1) socket.send(`message ${sent}`);
    });
    socket.on('message', () => {
      heard += 1;
      if (heard === count) socket.close();
    });
    socket.on('close', () => resolve());
  });
