import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, powerMonitor, shell, utilityProcess } from 'electron';
import { channels } from '../../shared/contract/bridge.ts';
import type { Change } from '../../shared/contract/state.ts';
import type { FileNotice } from '../../shared/model/settings.ts';
import { words } from '../../shared/words/index.ts';
import type { FromEngine } from '../engine/host-messages.ts';
import { serveAppScheme } from './app-scheme.ts';
import type { Arguments } from './arguments.ts';
import { createTransfer } from './backup/index.ts';
import { openContractDoor } from './contract-door.ts';
import { type EngineProcess, hostEngine } from './engine-host.ts';
import { createFileDialogs } from './file-dialogs.ts';
import { setLoginItem } from './login-item.ts';
import { installMenu } from './menu.ts';
import { createSecrets } from './secrets.ts';
import { createSettingsControl } from './settings/index.ts';
import { createShellHandlers } from './shell-handlers.ts';
import { createShellState } from './shell-state.ts';
import { openStores } from './stores.ts';
import { openWindow, restrictPermissions } from './window.ts';

/** `out/`, where the build puts main, preload and renderer side by side. */
const out = join(import.meta.dirname, '..');

/** Puts the shell together. Electron is ready. */
export function runShell(options: Arguments): void {
  const folder = app.getPath('userData');
  const notices: FileNotice[] = [];
  let onNotice = (notice: FileNotice): void => {
    notices.push(notice);
  };
  const stores = openStores(folder, (notice) => onNotice(notice));
  const secrets = createSecrets(stores.sealed);
  let window: BrowserWindow | undefined;
  const present = () => (window === undefined || window.isDestroyed() ? undefined : window);
  const send = (change: Change) => {
    present()?.webContents.send(channels.change, change);
  };

  const state = createShellState({
    settings: stores.settings.read(),
    secrets: secrets.tier,
    systemLanguage: app.getLocale(),
    version: app.getVersion(),
    notices,
    notify: send,
  });
  // One file is opened only when it is needed.
  onNotice = (notice) => state.set({ notices: [...state.read().notices, notice] });
  nativeTheme.themeSource = state.read().settings.theme;

  const engine = hostEngine({
    fork: () =>
      utilityProcess.fork(join(out, 'main', 'engine.js'), [], {
        serviceName: 'Gearway engine',
        stdio: 'inherit',
      }) as unknown as EngineProcess,
    folder,
    memory: stores.memory,
    secrets,
    onChange: send,
    onLife: (life) => state.set({ engine: life }),
    log: writeLog,
    now: () => Date.now(),
  });

  const settings = createSettingsControl({
    file: stores.settings,
    setLoginItem,
    onChange(settings, changed) {
      state.set({ settings });
      if (changed.includes('theme')) nativeTheme.themeSource = settings.theme;
      if (changed.includes('language')) installMenu(state.read().language);
    },
  });
  const dialogs = createFileDialogs(present);
  const say = () => words[state.read().language].desktop.dialogs;
  const transfer = createTransfer({
    settings: stores.settings,
    settingsControl: settings,
    memory: stores.memory,
    secrets,
    askWhereToSave: () => dialogs.save({ name: say().exportName, ending: 'json', label: say().json }),
    askWhatToOpen: () => dialogs.open({ ending: 'json', label: say().json }),
    replaceEngine: (between) => engine.replace(between),
    version: app.getVersion(),
    now: () => Date.now(),
  });

  openContractDoor({
    mainFrame: () => present()?.webContents.mainFrame,
    engine,
    handlers: createShellHandlers({
      state,
      settings,
      transfer,
      engine,
      openInBrowser: (url) => shell.openExternal(url.href),
      askWhereToSaveHar: () => dialogs.save({ name: 'gearway', ending: 'har', label: 'HAR' }),
      version: app.getVersion(),
    }),
    onReady: sayReady,
    onBug: (name, error) =>
      writeLog({ kind: 'log', level: 'error', event: name, details: { error: String(error) } }),
  });

  restrictPermissions();
  serveAppScheme(join(out, 'renderer'));
  installMenu(state.read().language);

  const show = () => {
    if (window === undefined || window.isDestroyed()) {
      window = openWindow(out);
      window.on('hide', () => engine.send({ kind: 'hidden', hidden: true }));
      window.on('minimize', () => engine.send({ kind: 'hidden', hidden: true }));
      window.on('show', () => engine.send({ kind: 'hidden', hidden: false }));
      window.on('restore', () => engine.send({ kind: 'hidden', hidden: false }));
    } else {
      window.restore();
      window.focus();
    }
  };
  show();
  if (options.demo) void engine.request('session.try', {}, new AbortController().signal);

  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  powerMonitor.on('resume', () => engine.send({ kind: 'nudge' }));

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().finally(() => {
      stores.memory.flush();
      stopped = true;
      app.quit();
    });
  });
}

/** Measurements learn from this file that the first screen can be used; never in a packaged application. */
function sayReady(): void {
  const file = process.env.GEARWAY_READY_FILE;
  if (file !== undefined && !app.isPackaged) writeFileSync(file, String(Date.now()));
}

function writeLog(message: Extract<FromEngine, { kind: 'log' }>): void {
  process.stderr.write(`${message.level} ${message.event} ${JSON.stringify(message.details ?? {})}\n`);
}
