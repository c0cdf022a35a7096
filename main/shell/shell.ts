import { writeFileSync } from 'node:fs';
import { arch, release } from 'node:os';
import { join } from 'node:path';
import { app, ipcMain, nativeTheme, session, shell, utilityProcess } from 'electron';
import { channels, type NumberedCommand } from '../../shared/contract/bridge.ts';
import type { WindowCommand } from '../../shared/contract/commands.ts';
import type { RequestInput } from '../../shared/contract/requests.ts';
import type { Change } from '../../shared/contract/state.ts';
import { emptyMemory } from '../../shared/model/memory.ts';
import type { FileNotice } from '../../shared/model/settings.ts';
import { words } from '../../shared/words/index.ts';
import { stackOf } from '../engine/base/guard-process.ts';
import { actionHappening } from './action-happening.ts';
import { createActivityLog } from './activity/index.ts';
import { serveAppScheme } from './app-scheme.ts';
import type { Arguments } from './arguments.ts';
import { createAsk } from './ask-person.ts';
import { createTransfer } from './backup/index.ts';
import { createConsent } from './consent.ts';
import { openContractDoor } from './contract-door.ts';
import { createDesktop } from './desktop.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { type EngineProcess, hostEngine } from './engine-host.ts';
import { createFileDialogs } from './file-dialogs.ts';
import { gather } from './gather.ts';
import { awaitService, createLinks } from './links/index.ts';
import { setLoginItem } from './login-item.ts';
import { openLogs } from './logs/index.ts';
import { createMainWindow } from './main-window.ts';
import { installMenu } from './menu/index.ts';
import { checkAddress } from './open-address.ts';
import { createOpenIn, findPrograms, startAlone, systemFinders } from './open-in/index.ts';
import { createSavedFiles } from './saved-files.ts';
import { createSecrets } from './secrets.ts';
import { createSettingsControl } from './settings/index.ts';
import { createShellHandlers } from './shell-handlers.ts';
import { createShellState } from './shell-state.ts';
import { openStores } from './stores.ts';
import { followSystem } from './system-events.ts';
import { jsFlags, tidyEarly } from './v8-flags.ts';
import { restrictPermissions } from './window.ts';
import { createWindowCommands } from './window-commands.ts';

/** `out/`, where the build puts main, preload and renderer side by side. */
const out = join(app.getAppPath(), 'out');

/** What the rest of the system asks of the running application. */
interface RunningShell {
  show(): void;
  /** A `gearway:` link that another program handed over. */
  follow(link: string): void;
}

/** The engine does not wait longer than this for the page, in ms. */
const latestBeginMs = 1_500;

/** Puts the shell together. Electron is ready. */
export function runShell(options: Arguments): RunningShell {
  const notices: FileNotice[] = [];
  let onNotice = (notice: FileNotice): void => {
    notices.push(notice);
  };
  const stores = openStores(app.getPath('userData'), (notice) => onNotice(notice));
  nativeTheme.themeSource = stores.settings.read().theme;
  let secretTexts = (): readonly string[] => [];
  const logs = openLogs({
    folder: app.getPath('userData'),
    now: () => Date.now(),
    system: `Gearway ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${release()} ${arch()}`,
    secrets: () => secretTexts(),
    echo: (line) => void (app.isPackaged || process.stderr.write(`${line}\n`)),
  });

  // The window comes first: its page loads while everything else is put together, and hears nothing before this turn ends.
  restrictPermissions();
  serveAppScheme(join(out, 'renderer'));
  let tellHidden = (_hidden: boolean): void => {};
  const window = createMainWindow({
    out,
    place: stores.window,
    staysInTray: () => stores.settings.read().closeToTray,
    onHidden: (hidden) => tellHidden(hidden),
    onPage: (event) => commands[event](),
    onCrash(reason) {
      logs.write('error', 'window.gone', { reason });
      logs.crashed('window', `Chromium's word for it: ${reason}`);
    },
    onSessionEnd() {
      stores.memory.flush();
      activity.flush();
    },
  });
  if (!options.hidden) window.show();

  const secrets = createSecrets(stores.sealed);
  secretTexts = () => Object.values(secrets.all());
  const send = (change: Change) => window.present()?.webContents.send(channels.change, change);

  const state = createShellState({
    settings: stores.settings.read(),
    secrets: secrets.tier,
    systemLanguage: app.getLocale(),
    version: app.getVersion(),
    remembersAccount: stores.memory.read().account !== undefined,
    notices,
    notify: send,
  });
  // One file is opened only when it is needed.
  onNotice = (notice) => {
    const { notices: said } = state.read();
    // A full disk concerns every file: it is said once.
    if (notice.kind === 'unwritten' && said.some(({ kind }) => kind === 'unwritten')) return;
    state.set({ notices: [...said, notice] });
  };

  const commands = createWindowCommands({
    deliver(number, command) {
      const numbered: NumberedCommand = [number, command];
      window.present()?.webContents.send(channels.command, numbered);
    },
    now: () => Date.now(),
  });
  const lead = (command: WindowCommand) => {
    window.show();
    commands.send(command);
  };

  const told = gather(100, () => state.set({ activity: state.read().activity + 1 }));
  const activity = createActivityLog({
    now: () => Date.now(),
    onChange: told.ask,
    kept: {
      read: () => stores.activity().read().events,
      write: (events) => stores.activity().write({ events }),
    },
  });
  const desktop = createDesktop({
    state,
    activity,
    dispatch: () => dispatch,
    isWatched: window.isWatched,
    showWindow: window.show,
    command: commands.send,
    quit: () => app.quit(),
  });

  let beginEngine = () => {};
  const engine = hostEngine({
    fork: () =>
      utilityProcess.fork(join(out, 'main', 'engine.js'), [], {
        serviceName: 'Gearway engine',
        execArgv: [jsFlags(tidyEarly)],
        stdio: 'inherit',
      }) as unknown as EngineProcess,
    folder: app.getPath('userData'),
    memory: stores.memory,
    secrets,
    onFallen() {
      const backup = stores.memory.putAside('unusable');
      stores.memory.write(emptyMemory());
      onNotice({ kind: 'unusable', file: 'memory', ...(backup === undefined ? {} : { backup }) });
    },
    findRoutes: (url) => session.defaultSession.resolveProxy(url),
    onChange(change) {
      send(change);
      desktop.hear(change);
    },
    onLife(life) {
      state.set({ engine: life });
      desktop.noteLife(life);
    },
    log: ({ level, event, details }) => logs.write(level, event, details),
    onDeath(code) {
      logs.write('error', 'engine.died', { code });
      logs.crashed('engine', `It ended with code ${code}.`);
    },
    now: () => Date.now(),
    // A first screen needs nothing of the engine: it is drawn first, and both do not fight for the processor.
    whenToBegin(begin) {
      if (state.read().remembersAccount || options.demo || options.hidden) begin();
      else {
        beginEngine = begin;
        setTimeout(begin, latestBeginMs);
      }
    },
  });

  const menu = () =>
    installMenu(state.read().language, (does) => {
      if (does.kind === 'report')
        void dispatch.ask('shell.save', { kind: 'report' }, new AbortController().signal);
      else lead(does.command);
    });
  const settings = createSettingsControl({
    file: stores.settings,
    setLoginItem,
    onChange(settings, changed) {
      state.set({ settings });
      if (changed.includes('theme')) nativeTheme.themeSource = settings.theme;
      if (changed.includes('language')) menu();
      desktop.refresh();
    },
  });
  /** Only what a browser may be sent to. */
  const addressOf = async (which: RequestInput<'services.address'>, signal: AbortSignal) => {
    const address = await engine.ask('services.address', which, signal);
    if (!address.ok) return address;
    const checked = checkAddress(address.value.url);
    return checked.ok ? address : checked;
  };
  const openIn = createOpenIn({
    find: () =>
      findPrograms(
        systemFinders({
          platform: process.platform,
          env: process.env,
          home: app.getPath('home'),
          nameForScheme: (address) => app.getApplicationNameForProtocol(address),
        }),
      ),
    onFound: (programs) => state.set({ programs }),
    engine: () => desktop.engine(),
    addressOf: (serviceId, signal) => addressOf({ serviceId, which: 'best' }, signal),
    start: startAlone,
    openAddress: (address) => shell.openExternal(address),
  });
  const dialogs = createFileDialogs(window.present);
  const said = () => words[state.read().language].desktop.dialogs;
  const dispatch: Dispatch = createDispatch({
    engine,
    handlers: createShellHandlers({
      state,
      settings,
      engine,
      activity,
      dialogs,
      saved: createSavedFiles({ state, desktop, engine, activity, secrets, logs }),
      transfer: createTransfer({
        settings: stores.settings,
        settingsControl: {
          ...settings,
          // A file does not make Gearway start with the computer.
          replace: (next) =>
            settings.replace({ ...next, launchAtLogin: state.read().settings.launchAtLogin }),
        },
        memory: stores.memory,
        secrets,
        askWhereToSave: () => dialogs.save({ name: said().exportName, ending: 'json', label: said().json }),
        askWhatToOpen: () => dialogs.open({ ending: 'json', label: said().json }),
        replaceEngine: (between) => engine.replace(between),
        version: app.getVersion(),
        now: () => Date.now(),
      }),
      openInBrowser: (url) => shell.openExternal(url.href),
      addressOf,
      openIn: openIn.open,
      askWhereToSaveHar: () => dialogs.save({ name: 'gearway', ending: 'har', label: 'HAR' }),
      version: app.getVersion(),
      logs,
      openFolder: (folder) => shell.openPath(folder),
    }),
    consent: createConsent({
      language: () => state.read().language,
      ask: createAsk(window.present).ask,
      launchesAtLogin: () => state.read().settings.launchAtLogin,
    }),
    onAsked(name, input) {
      const tell = actionHappening(name, input, desktop.engine());
      return (result) => {
        const happening = tell?.(result);
        if (happening !== undefined) activity.add(happening);
      };
    },
    onBug: (name, error) => logs.write('error', 'shell.bug', { request: name, error: stackOf(error) }),
  });
  const links = createLinks({
    language: () => state.read().language,
    ...createAsk(window.present),
    find: (name) =>
      awaitService(name, {
        read: desktop.engine,
        watch: desktop.watch,
        expectsAccount: () => options.demo || state.read().remembersAccount,
        after,
      }),
    openService: async (serviceId) =>
      void (await dispatch.ask('shell.open', { serviceId, which: 'best' }, new AbortController().signal)),
    command: lead,
  });

  openContractDoor({
    ipc: ipcMain,
    mainFrame: () => window.present()?.webContents.mainFrame,
    dispatch,
    onReady() {
      commands.ready();
      sayReady();
      beginEngine();
    },
    onFollowed: commands.followed,
  });
  menu();

  tellHidden = (hidden) => engine.send({ kind: 'hidden', hidden });
  if (options.hidden) tellHidden(true);
  if (options.demo) void dispatch.ask('session.try', {}, new AbortController().signal);

  const unfollow = followSystem({
    activity,
    askEveryLink() {
      desktop.startOver();
      engine.send({ kind: 'nudge' });
    },
    quit: () => app.quit(),
  });
  // After the window: a tray must not make a person wait for it.
  setImmediate(desktop.openTray);
  void openIn.look();

  app.on('activate', window.show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !state.read().settings.closeToTray) app.quit();
  });
  app.on('before-quit', window.quitting);

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    unfollow();
    told.stop();
    desktop.stop();
    void engine.stop().finally(async () => {
      stores.memory.flush();
      activity.flush();
      await logs.close();
      stopped = true;
      // Not within this very event, which has no engine to wait for while one is being restarted: Electron would not hear it.
      setImmediate(() => app.quit());
    });
  });

  return {
    show: window.show,
    follow(link) {
      window.show();
      void links.follow(link);
    },
  };
}

function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

/** Measurements learn from this file that the first screen can be used; never in a packaged application. */
function sayReady(): void {
  const file = process.env.GEARWAY_READY_FILE;
  if (file !== undefined && !app.isPackaged) writeFileSync(file, String(Date.now()));
}
