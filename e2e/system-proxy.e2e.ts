import { createCleanup, startRecordingProxy } from '../main/testing/index.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

test('the platform is asked by the proxy of the desktop, and what stops there is said', async () => {
  const cleanup = createCleanup();
  const proxy = cleanup.add(await startRecordingProxy());
  const folder = await makeFolder();
  // Chromium's own switch stands for the desktop's settings: both come by `session.resolveProxy`.
  const app = await startApp({
    folder: folder.path,
    words: [`--proxy-server=http://127.0.0.1:${proxy.port}`],
  });
  const answer = await app.ask('session.signIn', { instance: 'hyperai', token: 'eyJ0eXAi.not.one' });
  expect(answer).toMatchObject({
    error: { code: 'system_proxy_refused', params: { proxy: `127.0.0.1:${proxy.port}` } },
  });
  expect(new Set(proxy.asked).size).toBe(1);
  expect(proxy.asked[0]).toMatch(/:443$/);
  await app.quit();
  await folder.remove();
  await cleanup.run();
});
