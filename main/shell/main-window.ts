import { app, type BrowserWindow, screen } from 'electron';
import type { OwnFile } from './files/index.ts';
import { gather } from './gather.ts';
import { openWindow } from './window.ts';
import { placeOn, type WindowPlace } from './window-place.ts';

/** The one window: made when it is first shown, kept where it stood, hidden when the person wants the tray instead. */
interface MainWindow {
  present(): BrowserWindow | undefined;
  show(): void;
  /** Is the person looking at it now. */
  isWatched(): boolean;
  /** From now on closing closes. */
  quitting(): void;
}

/** A page that dies again and again is not loaded for ever. */
const mostReloads = 3;
const reloadsWithinMs = 60_000;

export function createMainWindow(options: {
  readonly out: string;
  readonly place: OwnFile<WindowPlace>;
  /** Closing hides. */
  readonly staysInTray: () => boolean;
  readonly onHidden: (hidden: boolean) => void;
  /** The page goes away, by a crash or a reload; another is there; or it stays after all. */
  readonly onPage: (event: 'leaves' | 'arrives' | 'stays') => void;
  readonly onCrash: (reason: string) => void;
  /** The system ends the session at once (Windows). */
  readonly onSessionEnd: () => void;
}): MainWindow {
  let window: BrowserWindow | undefined;
  let quitting = false;
  const present = () => (window === undefined || window.isDestroyed() ? undefined : window);

  function open(): BrowserWindow {
    const place = options.place.read();
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const opened = openWindow(options.out, placeOn(areas, place.bounds));
    if (place.maximised) opened.maximize();
    if (place.fullScreen) opened.setFullScreen(true);
    keepPlace(opened);
    reviveAfterCrash(opened);
    opened.on('close', (event) => {
      if (quitting || !options.staysInTray()) return;
      event.preventDefault();
      opened.hide();
    });
    for (const event of ['hide', 'minimize', 'closed'] as const)
      opened.on(event as 'hide', () => options.onHidden(true));
    // What was changed elsewhere, in a browser beside it, is seen by whoever comes back.
    for (const event of ['show', 'restore', 'focus'] as const)
      opened.on(event as 'show', () => options.onHidden(false));
    opened.on('closed', () => options.onPage('leaves'));
    // Loaded anew, by whoever: it hears nothing until it says so again.
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) options.onPage('leaves');
    });
    opened.webContents.on('did-navigate', () => options.onPage('arrives'));
    // Refused or stopped on its way, which Electron tells by this event alone.
    opened.webContents.on('did-fail-provisional-load', (_event, _code, _text, _url, isMainFrame) => {
      if (isMainFrame) options.onPage('stays');
    });
    opened.on('session-end', options.onSessionEnd);
    return opened;
  }

  function keepPlace(opened: BrowserWindow) {
    const keep = gather(500, () => {
      if (opened.isDestroyed()) return;
      options.place.write({
        bounds: opened.getNormalBounds(),
        maximised: opened.isMaximized(),
        fullScreen: opened.isFullScreen(),
      });
    });
    const events = [
      'resize',
      'move',
      'maximize',
      'unmaximize',
      'enter-full-screen',
      'leave-full-screen',
    ] as const;
    for (const event of events) opened.on(event as 'resize', keep.ask);
    opened.on('closed', keep.stop);
  }

  function reviveAfterCrash(opened: BrowserWindow) {
    let deaths: number[] = [];
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      options.onPage('leaves');
      options.onCrash(reason);
      deaths = [...deaths.filter((at) => Date.now() - at < reloadsWithinMs), Date.now()];
      if (reason !== 'clean-exit' && deaths.length <= mostReloads && !quitting) opened.webContents.reload();
    });
  }

  return {
    present,
    show() {
      const there = present();
      if (there === undefined) {
        window = open();
        return;
      }
      if (there.isMinimized()) there.restore();
      there.show();
      there.focus();
      if (process.platform === 'darwin') app.focus({ steal: true });
    },
    isWatched() {
      const shown = present();
      // Hidden by a system without a window manager it may still be told to have the focus.
      return shown?.isVisible() === true && shown.isFocused();
    },
    quitting() {
      quitting = true;
    },
  };
}
