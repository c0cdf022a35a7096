import { expect, test } from './support/test.ts';

test('the window is sandboxed, isolated, and cannot leave its page', async ({ app, opened }) => {
  const { page, electron } = app;
  expect(await page.evaluate(() => [typeof globalThis.require, typeof globalThis.process])).toEqual([
    'undefined',
    'undefined',
  ]);
  expect(await page.evaluate(() => Object.keys(window.gearway).sort())).toEqual([
    'cancel',
    'onChange',
    'onCommand',
    'ready',
    'request',
  ]);
  const preferences = await electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });

  expect(await page.evaluate(() => window.open('https://example.com') === null)).toBe(true);
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  expect(await page.evaluate(() => location.href)).toBe('app://gearway/');
  expect(await opened.list()).toEqual([]);
  expect(electron.windows()).toHaveLength(1);
});

test('the page runs nothing of a stranger and opens no connection', async ({ app }) => {
  const { page } = app;
  const outcome = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.injected = true';
    document.body.append(inline);
    const fetched = await fetch('http://127.0.0.1:9/').then(
      () => 'answered',
      () => 'refused',
    );
    return { injected: 'injected' in window, fetched };
  });
  expect(outcome).toEqual({ injected: false, fetched: 'refused' });
});

test('a request that is not in the contract is refused', async ({ app }) => {
  const answer = await app.page.evaluate(() =>
    Promise.all([
      window.gearway.request('constructor', {}, 900_001),
      window.gearway.request('shell.open', { serviceId: '' }, 900_002),
      window.gearway.request('tunnels.open', { serviceId: 'x'.repeat(200_000) }, 900_003),
    ]),
  );
  expect(answer).toMatchObject(answer.map(() => ({ ok: false, error: { code: 'bad_request' } })));
});
