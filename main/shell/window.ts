import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, session, type WebPreferences } from 'electron';
import { appOrigin } from './app-scheme.ts';
import { jsFlags, tidyEarly } from './v8-flags.ts';
import { leastSize } from './window-place.ts';

/**
 * How V8 runs in a window. It lets garbage lie as long as the machine has memory: a window that read a long log held
 * twice what it needed. `--optimize-for-size` has it collected early; but then what compiles in the background and finds
 * no room waits until the main thread collects. On up to four cores Chromium has three threads for all such work: three
 * compilers that waited left none for what the main thread waited for, and the window hung for ever. So there is one
 * compiler at most (docs/decisions/2026-11-25-long-logs.md). The engine, a process of its own, keeps V8's usual ways.
 */
const v8Flags = [...tidyEarly, '--optimize-for-size', '--concurrent-turbofan-max-threads=1', '--no-maglev'];

/** The only preferences that any window of ours has. */
const webPreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
  additionalArguments: [jsFlags(v8Flags)],
});

/** Permissions that the page may use: it copies addresses, and that is all. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Once, before there is a window: whatever else a page asks for is refused. */
export function restrictPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
  // Chromium asks for dictionaries at each start, whether a page may use them or not.
  session.defaultSession.setSpellCheckerLanguages([]);
}

/** Background until the first frame, so that no white flash shows in the dark. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#15171c' : '#f7f8fa');

/** Makes the window, which shows itself with its first frame; `out`: folder of the built application, absolute; `place` in pixels of the desktop. */
export function openWindow(
  out: string,
  place: { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number },
): BrowserWindow {
  const window = new BrowserWindow({
    ...place,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Gearway',
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: webPreferences(join(out, 'preload', 'index.cjs')),
  });
  stayAtHome(window);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/`);
  return window;
}

/** The window shows our page and no other, opens no second one, and holds no guest. */
function stayAtHome(window: BrowserWindow): void {
  const contents = window.webContents;
  const refuse = (event: { preventDefault(): void }, url: string) => {
    if (!url.startsWith(`${appOrigin}/`)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => refuse(event, event.url));
  contents.on('will-frame-navigate', (event) => refuse(event, event.url));
  contents.on('will-redirect', (event) => refuse(event, event.url));
  // An empty page (`about:blank`) is shown without a question before: the window goes home.
  contents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${appOrigin}/`)) void window.loadURL(`${appOrigin}/`);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
