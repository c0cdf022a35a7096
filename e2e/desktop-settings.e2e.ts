import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { answerQuestions, type DesktopApp, launch, makeFolder, startApp } from './support/desktop-app.ts';
import { startDesktopSession } from './support/desktop-session.ts';

/** Answers the next dialogs of the system with this path, or with *Cancel*. */
const answerDialogs = ({ electron }: DesktopApp, path: string | undefined) =>
  electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === undefined, filePath: chosen ?? '' });
    dialog.showOpenDialog = async () => ({
      canceled: chosen === undefined,
      filePaths: chosen === undefined ? [] : [chosen],
    });
  }, path);

const stateOf = async (app: DesktopApp) => (await app.get('shell.state', {})).state;

test('settings take effect at once, are kept, and can be reset', async () => {
  const folder = await makeFolder();
  let app = await startApp({ folder: folder.path });
  await app.get('shell.settings', { language: 'zh-CN' });
  await app.get('shell.settings', { theme: 'dark' });
  expect(await app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  expect(await stateOf(app)).toMatchObject({
    language: 'zh-CN',
    settings: { theme: 'dark', language: 'zh-CN' },
  });
  const codes = async () =>
    (await app.get('shell.activity', { limit: 500 })).events.map(({ code, action }) => action ?? code);
  await expect.poll(codes).toContain('app_started');
  await app.quit();

  app = await startApp({ folder: folder.path });
  expect(await stateOf(app)).toMatchObject({ language: 'zh-CN', notices: [] });
  // What was done in the life before is still in the list of what happened.
  await expect.poll(codes).toEqual(expect.arrayContaining(['app_started', 'shell.settings', 'app_started']));
  await expect.poll(async () => (await codes()).filter((code) => code === 'app_started')).toHaveLength(2);
  await app.get('shell.resetSettings', { names: ['language'] });
  expect(await stateOf(app)).toMatchObject({
    language: 'en',
    settings: { theme: 'dark', language: 'system' },
  });
  await app.quit();
  await folder.remove();
});

test('launch at login is an entry of the system, which starts Gearway in the tray, without a window', async () => {
  test.skip(process.platform !== 'linux', 'the entry is a file on Linux only');
  const folder = await makeFolder();
  const desktop = await startDesktopSession();
  const env = { ...desktop.env, XDG_CONFIG_HOME: folder.path };
  const entry = join(folder.path, 'autostart', 'gearway.desktop');
  let app = await startApp({ folder: folder.path, env });
  const refused = await answerQuestions(app, false);
  expect(await app.ask('shell.settings', { launchAtLogin: true })).toMatchObject({
    error: { code: 'cancelled' },
  });
  expect(await refused()).toHaveLength(1);
  await answerQuestions(app, true);
  await app.get('shell.settings', { launchAtLogin: true });
  const text = await readFile(entry, 'utf8');
  await app.quit();

  const [program = '', ...args] = wordsOfExec(text);
  const started = await launch({ program, args, folder: folder.path, env });
  const windows = () => started.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const showing = async () =>
    (await desktop.tray())[0]?.entries.find(({ label }) => label === 'Show Gearway');
  try {
    await expect.poll(showing).toBeDefined();
    expect(await windows()).toBe(0);
    const entryToShow = await showing();
    if (entryToShow !== undefined) await desktop.press(entryToShow);
    await expect.poll(windows).toBe(1);
    await started.close();
    await expect.poll(() => desktop.tray()).toEqual([]);

    app = await startApp({ folder: folder.path, env });
    await app.get('shell.settings', { launchAtLogin: false });
    await expect(readFile(entry)).rejects.toThrow('ENOENT');
    await app.quit();
  } finally {
    await started.close();
    await desktop.stop();
    await folder.remove();
  }
});

/** The words of the `Exec` line, which are all quoted; nothing in a test's paths is escaped. */
const wordsOfExec = (entry: string): readonly string[] =>
  [...(/^Exec=(.*)$/m.exec(entry)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);

test('a damaged file is kept aside and said; one of a later version is not touched', async () => {
  const folder = await makeFolder();
  const later = '{"version":99,"content":{}}';
  await writeFile(join(folder.path, 'settings.json'), '{"content":{"theme":');
  await writeFile(join(folder.path, 'memory.json'), later);
  const app = await startApp({ folder: folder.path });
  const { notices } = await stateOf(app);
  expect(notices).toMatchObject([
    { kind: 'newer', file: 'memory' },
    {
      kind: 'damaged',
      file: 'settings',
      backup: expect.stringMatching(/^settings\.damaged-.*\.json$/) as unknown,
    },
  ]);
  await app.get('session.try', {});
  await app.get('shell.dismissNotices', {});
  expect((await stateOf(app)).notices).toEqual([]);
  await app.quit();
  expect(await readFile(join(folder.path, 'memory.json'), 'utf8')).toBe(later);
  await folder.remove();
});

test('everything goes to another computer and comes back, secrets under a passphrase', async () => {
  const [here, there] = [await makeFolder(), await makeFolder()];
  const file = join(here.path, 'moved.json');
  let app = await startApp({ folder: here.path });
  await app.get('session.try', {});
  await app.get('shell.settings', { theme: 'light', marked: ['a:1'] });
  await answerDialogs(app, undefined);
  expect(await app.ask('shell.export', {})).toMatchObject({ error: { code: 'cancelled' } });
  await answerDialogs(app, file);
  expect(await app.get('shell.export', { passphrase: 'correct horse' })).toEqual({ file: 'moved.json' });
  await app.quit();

  app = await startApp({ folder: there.path });
  await answerDialogs(app, file);
  const summary = await app.get('shell.chooseImport', {});
  expect(summary).toMatchObject({
    settings: ['theme', 'marked'],
    secrets: 'sealed',
    account: { user: 'demo' },
  });
  const { importId } = summary;
  expect(await app.ask('shell.import', { importId, passphrase: 'wrong horse' })).toMatchObject({
    error: { code: 'passphrase_wrong', field: 'passphrase' },
  });
  await app.get('shell.import', { importId, passphrase: 'correct horse' });
  await expect
    .poll(async () => {
      const answer = await app.ask('state.get', {});
      return answer.ok ? answer.value.state.session.kind : answer.error.code;
    })
    .toBe('open');
  expect((await stateOf(app)).settings).toMatchObject({ theme: 'light', marked: ['a:1'] });
  await app.quit();
  await here.remove();
  await there.remove();
});

test('the window opens where it was', async () => {
  const folder = await makeFolder();
  let app = await startApp({ folder: folder.path });
  const bounds = { x: 70, y: 60, width: 1000, height: 700 };
  const boundsOf = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  await app.electron.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  await expect
    .poll(() => readFile(join(folder.path, 'window.json'), 'utf8').catch(() => ''))
    .toContain('"width": 1000');
  const kept = await boundsOf();
  await app.quit();
  app = await startApp({ folder: folder.path });
  expect(await boundsOf()).toEqual(kept);
  await app.quit();
  await folder.remove();
});
