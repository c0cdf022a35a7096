import { app } from 'electron';
import { registerAppScheme } from './shell/app-scheme.ts';
import { readArguments } from './shell/arguments.ts';
import { linkAmong } from './shell/links/index.ts';
import { runShell } from './shell/shell.ts';

// Tests on a machine where everything runs as root pass `--no-sandbox`, which this call would take back: Chromium would
// then refuse to start. What is shipped never looks at the switch.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();

const words = process.argv.slice(app.isPackaged ? 1 : 2);
const options = readArguments(words);
// The name that stands on notifications. The folder was named by the package before, and stays where it is.
const folder = options.userDataFolder ?? app.getPath('userData');
app.setName('Gearway');
app.setPath('userData', folder);
// Only what is installed may claim links for itself: a checkout would take them away from it.
if (app.isPackaged) app.setAsDefaultProtocolClient('gearway');

// A second start shows the window of the first one, which hears `second-instance`.
if (app.requestSingleInstanceLock()) {
  // macOS hands a link over by an event, which may come before Electron is ready.
  const early: string[] = [];
  let follow = (link: string): void => {
    early.push(link);
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow(url);
  });
  void app.whenReady().then(() => {
    const running = runShell(options);
    follow = running.follow;
    const first = linkAmong(words) ?? early[0];
    if (first !== undefined) follow(first);
    app.on('second-instance', (_event, args) => {
      const link = linkAmong(args);
      if (link === undefined) running.show();
      else follow(link);
    });
  });
} else {
  app.quit();
}
