import { app, dialog } from 'electron';
import { fill, type Language, words } from '../shared/words/index.ts';
import { registerAppScheme } from './shell/app-scheme.ts';
import { readArguments } from './shell/arguments.ts';
import { folderProblem } from './shell/folder-problem.ts';
import { linkAmong } from './shell/links/index.ts';
import { refusedSwitch } from './shell/refused-switches.ts';
import { runShell } from './shell/shell.ts';

/** In characters. Far below Chromium's limit of 32 KiB (process_singleton_posix.cc), far above any link of ours. */
const mostHandedOver = 4_000;

// Tests on a machine where everything runs as root pass `--no-sandbox`, which this call would take back: Chromium would
// then refuse to start. What is shipped never looks at the switch.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
const refused = app.isPackaged ? refusedSwitch(process.argv.slice(1)) : undefined;
if (refused !== undefined) {
  process.stderr.write(`gearway: ${refused} is not taken.\n`);
  app.exit(2);
}
registerAppScheme();

const given = process.argv.slice(app.isPackaged ? 1 : 2);
const options = readArguments(given);
// The name that stands on notifications. The folder was named by the package before, and stays where it is.
const folder = options.userDataFolder ?? app.getPath('userData');
app.setName('Gearway');
app.setPath('userData', folder);
// Only what is installed may claim links for itself: a checkout would take them away from it.
if (app.isPackaged) app.setAsDefaultProtocolClient('gearway');

// Without its folder there is no lock either: it would look as if another instance ran.
const problem = folderProblem(folder);
if (problem !== undefined) void sayFolderProblem(problem);
// The words go to the instance that runs. What Chromium cannot hand over whole makes it take that one for dead, and end it.
const isTooLong = given.join('').length + process.cwd().length > mostHandedOver;
if (isTooLong) process.stderr.write('gearway: this command line is too long.\n');
// A second start shows the window of the first one, which hears `second-instance`.
if (problem === undefined && !isTooLong && app.requestSingleInstanceLock()) {
  // What other programs ask before Electron is ready, or while the shell is put together, waits for it.
  const running = app.whenReady().then(() => runShell(options));
  const follow = (link: string) => void running.then((shell) => shell.follow(link));
  const first = linkAmong(given);
  if (first !== undefined) follow(first);
  // macOS hands a link over by an event.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow(url);
  });
  app.on('second-instance', (_event, args) => {
    const link = linkAmong(args);
    if (link === undefined) void running.then((shell) => shell.show());
    else follow(link);
  });
} else if (problem === undefined) {
  app.quit();
}

/** Says in a terminal and on the screen why it does not start, and ends with 1. */
async function sayFolderProblem(code: string): Promise<void> {
  const texts = (language: Language) => words[language].desktop.consent.folderRefused;
  process.stderr.write(`gearway: ${fill(texts('en'), { folder, code }) ?? ''}\n`);
  await app.whenReady();
  const language = app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  dialog.showErrorBox('Gearway', fill(texts(language), { folder, code }) ?? '');
  app.exit(1);
}
