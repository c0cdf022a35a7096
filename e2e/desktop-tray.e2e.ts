import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DesktopApp, makeFolder, startApp } from './support/desktop-app.ts';

let app: DesktopApp;
let folder: Awaited<ReturnType<typeof makeFolder>>;
test.beforeEach(async () => {
  folder = await makeFolder();
  app = await startApp({ folder: folder.path, words: ['--demo'] });
});
test.afterEach(async () => {
  await app.quit();
  await folder.remove();
});

/** The service of the local platform with this name, once it is there. */
async function serviceNamed(name: string) {
  const find = async () => {
    const { state } = await app.get('state.get', {});
    return Object.values(state.services).find((service) => service.name.includes(name));
  };
  await expect.poll(async () => (await find())?.name).toBeDefined();
  const found = await find();
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

/** What the tray's menu becomes from now on, as labels; `click` presses one entry of a service's submenu. */
async function watchTray() {
  await app.electron.evaluate(({ Tray }) => {
    const { setContextMenu } = Tray.prototype;
    Tray.prototype.setContextMenu = function (menu) {
      (globalThis as unknown as { trayMenu: Electron.Menu }).trayMenu = menu as Electron.Menu;
      setContextMenu.call(this, menu);
    };
  });
  return {
    labels: () =>
      app.electron.evaluate(() =>
        ((globalThis as unknown as { trayMenu?: Electron.Menu }).trayMenu?.items ?? []).map(
          ({ label }) => label,
        ),
      ),
    click: (service: string, entry: string) =>
      app.electron.evaluate(
        (_electron, [name, what]) => {
          const menu = (globalThis as unknown as { trayMenu: Electron.Menu }).trayMenu;
          const item = menu.items.find(({ label }) => label.includes(name));
          const inner = item?.submenu?.items.find(({ label }) => label === what);
          inner?.click();
          return inner?.enabled ?? false;
        },
        [service, entry] as const,
      ),
  };
}

test('the tray shows services, follows the language, and opens and closes tunnels', async () => {
  const tray = await watchTray();
  const web = await serviceNamed('web');
  await app.get('shell.mark', { serviceId: web.id, marked: true });
  await expect.poll(tray.labels).toContain('Show Gearway');
  await expect.poll(async () => (await tray.labels())[3]).toContain(web.name);

  expect(await tray.click(web.name, 'Tunnel')).toBe(true);
  const tunnel = async () => (await serviceNamed('web')).tunnel.state.kind;
  await expect.poll(tunnel).toBe('connected');
  await expect.poll(async () => (await tray.labels())[3]).toContain('tunnel open');
  await tray.click(web.name, 'Tunnel');
  await expect.poll(tunnel).toBe('closed');

  await app.get('shell.settings', { language: 'zh-CN' });
  await expect.poll(tray.labels).toContain('退出 Gearway');
});

test('closing the window leaves Gearway in the tray when the person chose so', async () => {
  const visible = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible()));
  await app.get('shell.settings', { closeToTray: true });
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(visible).toEqual([false]);
  // A second start shows the window of the first.
  const second = spawn(
    process.env.GEARWAY_ELECTRON ?? '',
    [process.cwd(), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${folder.path}`],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => second.once('exit', resolve));
  await expect.poll(visible).toEqual([true]);
  expect(await ended).toBe(0);
});

test('the menu speaks both languages and leads the window', async () => {
  const menuLabels = () =>
    app.electron.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label));
  if (process.platform !== 'darwin')
    expect(await menuLabels()).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
  await app.page.evaluate(() => {
    const { gearway } = window as unknown as {
      gearway: { onCommand(hear: (c: unknown) => void): void; ready(): void };
    };
    gearway.onCommand((command) => Object.assign(window, { heard: command }));
    gearway.ready();
  });
  await app.electron.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View');
    view?.submenu?.items.find(({ label }) => label === 'Activity')?.click();
  });
  await expect
    .poll(() => app.page.evaluate(() => (window as unknown as { heard?: unknown }).heard))
    .toEqual({ kind: 'go', place: 'activity' });
  await app.get('shell.settings', { language: 'zh-CN' });
  expect((await menuLabels()).at(-1)).toBe('帮助');
});

test('a marked service that stays down is told once, and what happened is listed and saved without secrets', async () => {
  // Nobody looks from here on: what is not known yet would be asked six times more seldom.
  await expect
    .poll(async () => (await serviceNamed('notes')).health.public.state, { timeout: 30_000 })
    .toBe('down');
  await app.electron.evaluate(({ app: running, Notification, BrowserWindow }) => {
    const told: string[] = [];
    const badges: number[] = [];
    Object.assign(globalThis, { told, badges });
    running.setBadgeCount = (count) => badges.push(count ?? 0) > 0;
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      told.push(this.title);
    };
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  const told = () => app.electron.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  const notes = await serviceNamed('notes');
  await app.get('shell.mark', { serviceId: notes.id, marked: true });
  await expect.poll(told, { timeout: 30_000 }).toEqual([`${notes.name} does not answer`]);

  const badges = () => app.electron.evaluate(() => (globalThis as unknown as { badges: number[] }).badges);
  expect(await badges()).toEqual([1]);

  await app.ask('tunnels.open', { serviceId: 'absent:1' });
  const { events } = await app.get('shell.activity', { limit: 500 });
  expect(events).toContainEqual(
    expect.objectContaining({
      code: 'service_down',
      subject: { kind: 'service', id: notes.id, name: notes.name },
    }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({
      code: 'action_failed',
      action: 'tunnels.open',
      error: { code: 'service_not_found' },
    }),
  );
  const problems = await app.get('shell.activity', { limit: 500, levels: ['bad'] });
  expect(problems.events.length).toBeLessThan(events.length);

  const report = join(folder.path, 'report.txt');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, report);
  expect(await app.get('shell.save', { kind: 'report' })).toEqual({ file: 'report.txt' });
  const text = await readFile(report, 'utf8');
  expect(text).toContain(`${notes.name} does not answer`);
  const platform = await readFile(join(folder.path, 'local-platform', 'state.json'), 'utf8').catch(
    () => '{}',
  );
  const { token, password } = JSON.parse(platform) as { readonly token?: string; readonly password?: string };
  for (const secret of [token, password]) if (secret !== undefined) expect(text).not.toContain(secret);
});

test('waking up and the end of the session are heard', async () => {
  const codes = async () => (await app.get('shell.activity', { limit: 500 })).events.map(({ code }) => code);
  await app.electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
  });
  await expect.poll(codes).toEqual(expect.arrayContaining(['system_sleeps', 'system_woke']));

  const ended = new Promise<number | null>((resolve) => app.electron.process().once('exit', resolve));
  const held = await app.electron.evaluate(({ powerMonitor }) => {
    let isHeld = false;
    powerMonitor.emit('shutdown', {
      preventDefault() {
        isHeld = true;
      },
    });
    return isHeld;
  });
  // The system waits until everything has ended in order.
  expect(held).toBe(true);
  expect(await ended).toBe(0);
  expect(await readFile(join(folder.path, 'activity.json'), 'utf8')).toContain('system_woke');
  app = await startApp({ folder: folder.path });
});

test('a link from outside is asked about before anything happens', async () => {
  const web = await serviceNamed('web');
  await app.electron.evaluate(({ dialog, shell }) => {
    const seen = { asked: [] as string[], opened: [] as string[], answer: 1 };
    Object.assign(globalThis, { seen });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      seen.asked.push((args.at(-1) as { message: string }).message);
      return { response: seen.answer, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    shell.openExternal = async (url) => void seen.opened.push(url);
  });
  type Seen = { asked: string[]; opened: string[]; answer: number };
  const seen = () => app.electron.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const follow = (link: string) =>
    app.electron.evaluate(({ app: running }, url) => {
      running.emit('open-url', { preventDefault() {} }, url);
    }, link);

  await follow(`gearway://open/${web.name}`);
  await expect.poll(seen).toMatchObject({ asked: [`Open ${web.name}?`], opened: [] });
  await app.electron.evaluate(() => {
    (globalThis as unknown as { seen: Seen }).seen.answer = 0;
  });
  await follow(`gearway://open/${web.name}`);
  await expect.poll(async () => (await seen()).opened.length).toBe(1);
  await follow('gearway://open/../../etc');
  await expect.poll(async () => (await seen()).asked.at(-1)).toContain('cannot follow');
  expect((await seen()).opened).toHaveLength(1);
});
