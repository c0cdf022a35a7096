import type { FoundProgram } from '../../../shared/model/program.ts';

/** How a program is started with words to run or to be given. */
export type Launcher =
  /** `file` and `args`, then the words. */
  | { readonly how: 'words'; readonly file: string; readonly args: readonly string[] }
  /** `file` and `args`, then the words as one line of shell. */
  | { readonly how: 'line'; readonly file: string; readonly args: readonly string[] }
  /** The words are a program and run in a terminal. */
  | { readonly how: 'inTerminal' }
  /** The one word is an address that the system hands on. */
  | { readonly how: 'address' };

/** A program that may be here, and what shows that it is. */
export interface KnownProgram extends FoundProgram {
  readonly on: readonly NodeJS.Platform[];
  readonly shownBy:
    | { readonly what: 'file'; readonly file: string }
    | { readonly what: 'app'; readonly app: string }
    | { readonly what: 'scheme'; readonly scheme: string };
  readonly launcher: Launcher;
}

const linux = ['linux', 'freebsd', 'openbsd'] as const;
const everywhere = [...linux, 'darwin', 'win32'] as const;

/** A terminal of Linux: what stands between it and the words it runs, by its manual page. */
const terminal = (id: string, name: string, ...args: string[]): KnownProgram => ({
  id,
  name,
  kind: 'terminal',
  on: linux,
  shownBy: { what: 'file', file: id },
  launcher: { how: 'words', file: id, args },
});

/** A terminal of macOS is told by AppleScript; the line comes as its argument and is no part of the script. */
const scripted = (id: string, name: string, tell: string): KnownProgram => ({
  id,
  name,
  kind: 'terminal',
  on: ['darwin'],
  shownBy: { what: 'app', app: name },
  launcher: {
    how: 'line',
    file: '/usr/bin/osascript',
    args: [
      '-e',
      'on run argv',
      '-e',
      tell,
      '-e',
      `tell application "${name}" to activate`,
      '-e',
      'end run',
      '--',
    ],
  },
});

const editor = (id: string, name: string): KnownProgram => ({
  id,
  name,
  kind: 'editor',
  on: everywhere,
  shownBy: { what: 'file', file: id },
  launcher: { how: 'words', file: id, args: [] },
});

const client = (id: string): KnownProgram => ({
  id,
  name: id,
  kind: 'client',
  on: everywhere,
  shownBy: { what: 'file', file: id },
  launcher: { how: 'inTerminal' },
});

const browser = (id: string, name: string): readonly KnownProgram[] => [
  {
    id,
    name,
    kind: 'browser',
    on: linux,
    shownBy: { what: 'file', file: id },
    launcher: { how: 'words', file: id, args: [] },
  },
  {
    id,
    name,
    kind: 'browser',
    on: ['darwin'],
    shownBy: { what: 'app', app: name },
    launcher: { how: 'words', file: '/usr/bin/open', args: ['-a', name] },
  },
];

/** Programs that Gearway can hand something to. Of terminals the first that is found is the one for clients. */
export const knownPrograms: readonly KnownProgram[] = [
  // The person's own choice, where the desktop keeps one (freedesktop.org, "Default Terminal Execution").
  terminal('xdg-terminal-exec', 'Terminal'),
  terminal('ghostty', 'Ghostty', '-e'),
  terminal('kitty', 'kitty'),
  terminal('wezterm', 'WezTerm', 'start', '--'),
  terminal('alacritty', 'Alacritty', '-e'),
  terminal('foot', 'foot'),
  terminal('ptyxis', 'Ptyxis', '--'),
  terminal('gnome-terminal', 'GNOME Terminal', '--'),
  terminal('konsole', 'Konsole', '-e'),
  terminal('xfce4-terminal', 'Xfce Terminal', '-x'),
  terminal('xterm', 'xterm', '-e'),
  scripted('terminal', 'Terminal', 'tell application "Terminal" to do script (item 1 of argv)'),
  scripted(
    'iterm',
    'iTerm',
    'tell application "iTerm" to create window with default profile command (item 1 of argv)',
  ),
  {
    id: 'wt',
    name: 'Windows Terminal',
    kind: 'terminal',
    on: ['win32'],
    shownBy: { what: 'file', file: 'wt' },
    launcher: { how: 'words', file: 'wt', args: ['new-tab', '--'] },
  },
  {
    id: 'conhost',
    name: 'Console',
    kind: 'terminal',
    on: ['win32'],
    shownBy: { what: 'file', file: 'conhost' },
    launcher: { how: 'words', file: 'conhost', args: [] },
  },
  editor('code', 'VS Code'),
  editor('code-insiders', 'VS Code Insiders'),
  editor('cursor', 'Cursor'),
  editor('windsurf', 'Windsurf'),
  {
    id: 'gateway',
    name: 'JetBrains Gateway',
    kind: 'gateway',
    on: everywhere,
    shownBy: { what: 'scheme', scheme: 'jetbrains-gateway' },
    launcher: { how: 'address' },
  },
  {
    id: 'files',
    name: 'SFTP',
    kind: 'files',
    on: everywhere,
    shownBy: { what: 'scheme', scheme: 'sftp' },
    launcher: { how: 'address' },
  },
  client('psql'),
  client('redis-cli'),
  client('mysql'),
  ...browser('firefox', 'Firefox'),
  ...browser('google-chrome', 'Google Chrome'),
  ...browser('chromium', 'Chromium'),
  ...browser('microsoft-edge', 'Microsoft Edge'),
  ...browser('brave-browser', 'Brave Browser'),
];
