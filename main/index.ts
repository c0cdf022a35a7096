import { app } from 'electron';
import { registerAppScheme } from './shell/app-scheme.ts';
import { readArguments } from './shell/arguments.ts';
import { runShell } from './shell/shell.ts';

// Tests on a machine where everything runs as root pass `--no-sandbox`, which this call would take back: Chromium would
// then refuse to start. What is shipped never looks at the switch.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();

const options = readArguments(process.argv.slice(app.isPackaged ? 1 : 2));
if (options.userDataFolder !== undefined) app.setPath('userData', options.userDataFolder);

// A second start shows the window of the first one, which hears `second-instance`.
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(() => runShell(options));
} else {
  app.quit();
}
