import { readdirSync, readFileSync } from 'node:fs';
import { type Cleanup, createCleanup, freePort, runGearway, startSshServer } from '../main/testing/index.ts';
import type { DesktopApp } from './support/desktop-app.ts';
import { startPlatformFront } from './support/platform-front.ts';
import { expect, makeFolder, startApp, test } from './support/test.ts';

const cleanup = createCleanup();
test.afterEach(() => cleanup.run());

/** The local platform in a process of its own, whose containers are one real OpenSSH server. */
async function startPlatform(): Promise<{ signIn(app: DesktopApp): Promise<void> }> {
  const home = await makeFolder();
  cleanup.later(() => home.remove());
  const server = cleanup.add(await startSshServer({ options: [`SetEnv HOME=${home.path}`] }));
  const platform = cleanup.add(runGearway(['platform', '--json']));
  const ready = await platform.line('the platform is ready', ({ event }) => event === 'ready');
  const front = cleanup.add(
    await startPlatformFront(String(ready.origin), () => ({}), {
      amend: (text) =>
        text
          .replaceAll(/ssh root@127\.0\.0\.1 -p\d+/g, `ssh root@127.0.0.1 -p${server.port}`)
          .replaceAll(/"password":"[^"]*"/g, `"password":"${server.password}"`),
    }),
  );
  const { domain, port } = ready.edge as { readonly domain: string; readonly port: number };
  return {
    async signIn({ get }) {
      const where = {
        instance: 'private',
        origin: front.origin,
        domain: `http://${domain}:${port}`,
      } as const;
      await get('session.signIn', { ...where, token: String(ready.token) });
    },
  };
}

const start = async (of: Cleanup, folder: string) => {
  const app = await startApp({ folder });
  of.later(() => app.quit().catch(() => {}));
  return app;
};

const openLab = ({ page }: DesktopApp) =>
  test.step('open the container', async () => {
    await page.getByRole('button', { name: 'Containers', exact: true }).click();
    await page.getByRole('button', { name: /^vision-lab/ }).click();
  });

/** The processes of Python's server on this port. */
const serving = (port: number): readonly string[] =>
  readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const words = readFileSync(`/proc/${entry}/cmdline`, 'latin1').split('\0');
      return words.includes('http.server') && words.includes(String(port));
    } catch {
      return false;
    }
  });

test('a service that was started runs on when the engine and the application are killed', async () => {
  test.setTimeout(120_000);
  const platform = await startPlatform();
  const folder = await makeFolder();
  cleanup.later(() => folder.remove());
  const first = await start(cleanup, folder.path);
  await platform.signIn(first);
  await openLab(first);
  const port = await freePort();
  const { state } = await first.get('state.get', {});
  const containerId = Object.values(state.containers).find(({ name }) => name === 'vision-lab')?.id ?? '';
  await first.get('launch.start', {
    containerId,
    recipe: 'static',
    name: 'files',
    values: { port: String(port) },
  });
  const row = (app: DesktopApp) => app.page.getByRole('listitem', { name: 'files', exact: true });
  await expect(row(first)).toContainText(`answers on port ${port}`, { timeout: 30_000 });
  const before = serving(port);
  expect(before).toHaveLength(1);

  await first.electron.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ name }) => name === 'Gearway engine');
    if (engine === undefined) throw new Error('There is no engine to kill.');
    process.kill(engine.pid, 'SIGKILL');
  });
  await expect(first.page.getByText('The engine was restarted.')).toBeVisible({ timeout: 20_000 });
  await expect(row(first)).toContainText(`answers on port ${port}`, { timeout: 30_000 });
  expect(serving(port)).toEqual(before);

  const ended = new Promise((resolve) => first.electron.process().once('exit', resolve));
  first.electron.process().kill('SIGKILL');
  await ended;
  expect(serving(port)).toEqual(before);

  const second = await start(cleanup, folder.path);
  // Without a keychain the token lived only as long as the application.
  await platform.signIn(second);
  await openLab(second);
  await expect(row(second)).toContainText(`answers on port ${port}`, { timeout: 30_000 });
  expect(serving(port)).toEqual(before);
  await row(second).getByRole('button', { name: /^Stop/ }).click();
  await second.page.getByRole('alertdialog').getByRole('button', { name: /^Stop/ }).click();
  await expect.poll(() => serving(port), { timeout: 30_000 }).toEqual([]);
});
