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
  // An empty page is shown without asking anybody: the window comes home, and hears commands again.
  await page.evaluate(() => {
    location.href = 'about:blank';
  });
  await expect(page.getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(await page.evaluate(() => location.href)).toBe('app://gearway/');
  expect(await opened.list()).toEqual([]);
  expect(electron.windows()).toHaveLength(1);
});

test('the page runs nothing of a stranger and opens no connection', async ({ app }) => {
  const { page } = app;
  const refused = await page.evaluateHandle(() => {
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      refused.push(`${effectiveDirective} ${blockedURI.replace(/\/$/, '')}`);
    });
    const add = (name: string, properties: object) =>
      document.body.append(Object.assign(document.createElement(name), properties));
    add('script', { textContent: 'window.injected = true' });
    add('script', { src: 'https://script.example/' });
    add('img', { src: 'https://picture.example/' });
    add('iframe', { src: 'https://frame.example/' });
    fetch('https://api.example/').catch(() => {});
    // Not at once: what a debugger calls may evaluate.
    setTimeout(() => new Function('window.injected = true')());
    return refused;
  });
  await expect
    .poll(async () => (await refused.jsonValue()).sort())
    .toEqual([
      'connect-src https://api.example',
      'frame-src https://frame.example',
      'img-src https://picture.example',
      'script-src eval',
      'script-src-elem https://script.example',
      'script-src-elem inline',
    ]);
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
});

test('the page gets one permission: to write to the clipboard', async ({ app }) => {
  const outcome = await app.page.evaluate(async () => {
    const stateOf = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      notification: await Notification.requestPermission(),
      microphone: await stateOf('microphone'),
      geolocation: await stateOf('geolocation'),
      reading: await stateOf('clipboard-read'),
      writing: await stateOf('clipboard-write'),
    };
  });
  expect(outcome).toEqual({
    notification: 'denied',
    microphone: 'denied',
    geolocation: 'denied',
    reading: 'denied',
    writing: 'granted',
  });
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
