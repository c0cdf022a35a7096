import { version } from '../engine/base/version.ts';
import type { Command, CommandSpec } from './command.ts';
import { exitStatus } from './io.ts';

/** A line for roff (groff_man(7)): nothing in it is an order or an escape. */
const plain = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');

/** `gearway manual`: all commands as a manual page. */
export const manualOf =
  (all: readonly CommandSpec[]): Command =>
  async (_typed, io) => {
    const commands = all.filter(({ hidden }) => hidden !== true);
    const page = [
      `.TH GEARWAY 1 "" "Gearway ${version}" "User Commands"`,
      '.SH NAME',
      'gearway \\- one address you can open for every service in your GPU containers',
      '.SH SYNOPSIS',
      '.B gearway',
      '.I COMMAND',
      '[options]',
      '.SH DESCRIPTION',
      'Commands about services ask the Gearway that runs, in its window or in the background.',
      'Without one they start an engine of their own.',
      '.SH COMMANDS',
      ...commands.flatMap(({ name, args = '', does, options = [], examples }) => [
        `.SS ${plain(['gearway', ...name, args].join(' ').trim())}`,
        plain(does),
        ...options.flatMap(([flags, what]) => ['.TP', `.B ${plain(flags)}`, plain(what)]),
        '.PP',
        'Example:',
        '.nf',
        ...examples.map(plain),
        '.fi',
      ]),
      '.SH EXIT STATUS',
      '0 done, 1 failed, 2 wrong usage.',
      '.SH ENVIRONMENT',
      '.TP',
      '.B GEARWAY_TOKEN',
      'The token of the account, for an engine of the command\\(aqs own.',
      '.TP',
      '.B GEARWAY_USER_DATA_DIR',
      'Where the Gearway keeps its data that is asked.',
    ];
    io.out(page.join('\n'));
    return exitStatus.done;
  };
