import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, powerMonitor, shell, utilityProcess } from 'electron';
import { channels } from '../../shared/contract/bridge.ts';
import type { Change } from '../../shared/contract/state.ts';
import type { FromEngine } from '../engine/host-messages.ts';
import { serveAppScheme } from './app-scheme.ts';
import type { Arguments } from './arguments.ts';
import { openContractDoor } from './contract-door.ts';
import { type EngineProcess, hostEngine } from './engine-host.ts';
import { installMenu } from './menu.ts';
import { createSecrets } from './secrets.ts';
import { createShellHandlers } from './shell-handlers.ts';
import { createShellState } from './shell-state.ts';
import { openStores } from './stores.ts';
import { openWindow, restrictPermissions } from './window.ts';

/** `out/`, where the build puts main, preload and renderer side by side. */
const out = join(import.meta.dirname, '..');

/** Puts the shell together. Electron is ready. */
export function runShell(options: Arguments): void {
  const folder = app.getPath('userData');
  const stores = openStores(folder);
  const secrets = createSecrets(stores.sealed);
  let window: BrowserWindow | undefined;
  const send = (change: Change) => {
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(channels.change, change);
  };

  const state = createShellState({
    settings: stores.settings.read(),
    secrets: secrets.tier,
    systemLanguage: app.getLocale(),
    version: app.getVersion(),
    notify: send,
  });
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

  openContractDoor({
    mainFrame: () =>
      window === undefined || window.isDestroyed() ? undefined : window.webContents.mainFrame,
    engine,
    handlers: createShellHandlers({
      state,
      settings: stores.settings,
      engine,
      openInBrowser: (url) => shell.openExternal(url.href),
      onSettings: (settings) => {
        nativeTheme.themeSource = settings.theme;
        installMenu(state.read().language);
      },
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
