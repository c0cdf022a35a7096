import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DesktopApp, makeFolder, startApp } from './support/desktop-app.ts';
import { type DesktopSession, type MenuEntry, startDesktopSession } from './support/desktop-session.ts';

let app: DesktopApp;
let folder: Awaited<ReturnType<typeof makeFolder>>;
/** Linux only. */
let desktop: DesktopSession;
test.beforeEach(async () => {
  folder = await makeFolder();
  if (process.platform === 'linux') desktop = await startDesktopSession();
  app = await startApp({ folder: folder.path, words: ['--demo'], env: desktop?.env ?? {} });
});
test.afterEach(async () => {
  await app.quit();
  await desktop?.stop();
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

/** Under the menu of this service in the tray, which a panel asks for anew whenever it is opened. */
async function trayMenu(name: string): Promise<MenuEntry | undefined> {
  const [item] = await desktop.tray();
  return item?.entries.find(({ label }) => label.includes(` ${name}: `) || label.includes(` ${name}\uFF1A`));
}

/** Chooses an entry as a panel does. */
async function choose(name: string, label: string) {
  const entry = (await trayMenu(name))?.entries.find((one) => one.label === label);
  if (entry === undefined) throw new Error(`no ${label} for ${name}`);
  expect(entry.enabled).toBe(true);
  await desktop.press(entry);
}

/** Starts the application a second time; gives how that ended. */
function startAgain(...words: readonly string[]): Promise<number | null> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(
    process.env.GEARWAY_ELECTRON ?? '',
    [process.cwd(), ...asRoot, `--user-data-dir=${folder.path}`, ...words],
    { stdio: 'ignore' },
  );
  return new Promise((resolve) => second.once('exit', resolve));
}

const trayLabels = async () => (await desktop.tray())[0]?.entries.map(({ label }) => label) ?? [];

const isShown = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible()));

test('the tray shows services in the language of the window, and its menu does what it says', async () => {
  test.skip(process.platform !== 'linux', 'only there a test can be the panel');
  const web = await serviceNamed('web');
  await app.get('shell.mark', { serviceId: web.id, marked: true });
  // The marked one comes first, below what concerns everything.
  await expect.poll(async () => (await trayLabels())[3]).toContain('● web: up');
  const all = Object.values((await app.get('state.get', {})).state.services);
  const [item] = await desktop.tray();
  expect(item).toMatchObject({
    status: 'Active',
    tooltip: expect.stringMatching(/^Gearway: \d of \d services/),
  });
  expect(item?.icons.length).toBeGreaterThan(0);
  const menus = item?.entries.filter(({ entries }) => entries.length > 0) ?? [];
  expect(menus).toHaveLength(all.length);
  for (const { label, entries } of menus) {
    expect(label).toMatch(/^[●▲■○] \S+: (up|in doubt|down|closed|unknown)/);
    expect(entries.map((entry) => entry.label)).toEqual([
      'Open',
      'Tunnel',
      'Copy the local address',
      'Details…',
    ]);
  }

  const tunnel = async () => (await serviceNamed('web')).tunnel.state.kind;
  await choose('web', 'Tunnel');
  await expect.poll(tunnel).toBe('connected');
  await expect.poll(async () => (await trayMenu('web'))?.label).toContain(', tunnel open');
  expect((await trayMenu('web'))?.entries[1]).toMatchObject({ label: 'Tunnel', checked: true });
  await choose('web', 'Tunnel');
  await expect.poll(tunnel).toBe('closed');
  await expect.poll(async () => (await trayMenu('web'))?.entries[1]?.checked).toBe(false);

  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await choose('web', 'Open');
  const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual([expect.stringMatching(/^http:\/\/web\.localhost:\d+/)]);
  await choose('web', 'Copy the local address');
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^http:\/\/web\.localhost:\d+/);

  await app.get('shell.settings', { language: 'zh-CN' });
  await expect.poll(async () => (await trayLabels()).at(-1)).toBe('退出 Gearway');
  const [chinese] = await desktop.tray();
  expect(chinese?.tooltip).toMatch(/[\u4e00-\u9fff]/);
  for (const { label, separator } of chinese?.entries ?? [])
    if (!separator) expect(label).toMatch(/[\u4e00-\u9fff]/);
  await choose('web', '详情…');
  await expect(app.page.getByRole('heading', { name: 'web', exact: true })).toBeVisible();
});

test('closing the window leaves Gearway in the tray when the person chose so', async () => {
  await app.get('shell.settings', { closeToTray: true });
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isShown).toEqual([false]);
  // A link that cannot be handed over whole ends only what brought it.
  expect(await startAgain(`gearway://open/${'a'.repeat(60_000)}`)).not.toBe(undefined);
  expect(await isShown()).toEqual([false]);
  // A second start shows the window of the first.
  const ended = startAgain();
  await expect.poll(isShown).toEqual([true]);
  expect(await ended).toBe(0);
  if (process.platform !== 'linux') return;
  // So does a click on the tray.
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isShown).toEqual([false]);
  await desktop.activate();
  await expect.poll(isShown).toEqual([true]);
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
  test.skip(process.platform !== 'linux', 'only there a test can be what shows notifications');
  // Nobody looks from here on: what is not known yet would be asked six times more seldom.
  await expect
    .poll(async () => (await serviceNamed('notes')).health.public.state, { timeout: 30_000 })
    .toBe('down');
  await app.electron.evaluate(({ app: running, BrowserWindow }) => {
    const badges: number[] = [];
    Object.assign(globalThis, { badges });
    running.setBadgeCount = (count) => badges.push(count ?? 0) > 0;
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  const notes = await serviceNamed('notes');
  await app.get('shell.mark', { serviceId: notes.id, marked: true });
  await expect.poll(() => desktop.notifications(), { timeout: 30_000 }).toHaveLength(1);
  const [told] = await desktop.notifications();
  expect(told).toEqual({
    app: 'Gearway',
    title: 'notes does not answer',
    body: expect.stringMatching(/^[A-Z].*\.$/) as unknown,
    actions: ['default'],
  });
  await expect
    .poll(async () => (await desktop.tray())[0]?.tooltip)
    .toBe('Gearway: Marked services that do not answer: 1');
  // Pressing it leads to the service.
  await desktop.act(0, 'default');
  await expect.poll(isShown).toEqual([true]);
  await expect(app.page.getByRole('heading', { name: 'notes', exact: true })).toBeVisible();

  const badges = () => app.electron.evaluate(() => (globalThis as unknown as { badges: number[] }).badges);
  await expect.poll(badges).toEqual([1]);

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

test('waking up, another network and the end of the session are heard, and services are asked at once', async () => {
  const codes = async () => (await app.get('shell.activity', { limit: 500 })).events.map(({ code }) => code);
  const answeredAt = async () => {
    const { health } = await serviceNamed('web');
    return health.public.state === 'up' ? health.public.verifiedAt : 0;
  };
  await expect.poll(answeredAt).toBeGreaterThan(0);
  const before = await answeredAt();
  await app.electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
  });
  await expect.poll(codes).toEqual(expect.arrayContaining(['system_sleeps', 'system_woke']));
  // Otherwise it would be asked in 20 s.
  await expect.poll(answeredAt, { timeout: 8_000 }).toBeGreaterThan(before);

  // As if a cable were plugged in: what the system says of its network is all that Gearway goes by.
  await app.electron.evaluate(() => {
    const os = process.getBuiltinModule('node:os');
    const plugged = { address: '192.0.2.7', family: 'IPv4', internal: false } as NetworkInterfaceInfo;
    const now = { ...os.networkInterfaces(), test0: [plugged] };
    os.networkInterfaces = () => now;
    process.getBuiltinModule('node:module').syncBuiltinESMExports();
  });
  await expect.poll(codes).toContain('network_changed');

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
