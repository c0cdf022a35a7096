import { Command as Commander, CommanderError, Option } from 'commander';
import { version } from '../engine/base/version.ts';
import type { CommandSpec, Typed } from './command.ts';
import { commands } from './commands.ts';

/** What words ask for: a command to carry out, a text to print, or nothing that there is. */
export type Reading =
  | { readonly kind: 'run'; readonly spec: CommandSpec; readonly typed: Typed }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string };

const groups: Readonly<Record<string, string>> = {
  comparisons: 'what was measured before',
  forwards: 'forwards of connections',
  local: 'stable local addresses',
  recipes: 'recipes of your own',
  'ssh-config': 'names by which ssh reaches containers and connections',
  templates: 'sets of mappings',
  accounts: 'accounts of the platform',
  connections: 'machines that belong to no platform',
  containers: 'containers of the account',
  inspector: 'requests at local addresses',
  launch: 'services that Gearway starts in containers',
  mappings: 'public addresses of containers',
  models: 'language models behind services',
  services: 'services in the list',
};

/** Reads the words behind `gearway`. Pure. */
export function readWords(words: readonly string[]): Reading {
  let said = '';
  let wrong = '';
  let found: { readonly spec: CommandSpec; readonly typed: Typed } | undefined;
  const settle = (command: Commander) =>
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => {
          said += text;
        },
        writeErr: (text) => {
          wrong += text;
        },
      })
      .helpOption('-h, --help', 'print this')
      .showHelpAfterError(false)
      // What stands behind a word belongs to that word.
      .enablePositionalOptions();

  const program = settle(new Commander('gearway'))
    .description('Every service in your GPU containers, one address you can open.')
    .version(version, '--version', 'print the version')
    .usage('COMMAND [options]')
    .addHelpText(
      'after',
      `
Commands about services ask the Gearway that runs, in its window or in the background (gearway up).
Without one they start an engine of their own: --demo for the local platform, or a token in GEARWAY_TOKEN.
Every command takes --log FILE, which keeps what happens inside, and --verbose, which shows it.
Exit status: 0 done, 1 failed, 2 wrong usage.`,
    );
  const word = words[0] === 'help' ? words[1] : words[0];
  const parents = new Map<string, Commander>();
  // Where the first word is a command's, all others would be built for nobody: that is most of a start.
  const own = commands.filter(({ name: [first] }) => first === words[0]);
  for (const spec of own.length > 0 ? own : commands) {
    const [first, second] = spec.name;
    const parent = second === undefined ? program : (parents.get(first) ?? addGroup(first));
    const command = settle(parent.command(second ?? first, { hidden: spec.hidden === true }))
      .description(spec.does)
      .addHelpText('after', `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join('\n')}`);
    if (second === undefined) parents.set(first, command);
    // What another word could be told is read by nobody: most of a command's start would go into it.
    if (first !== word) continue;
    for (const name of argumentsIn(spec.args ?? '')) command.argument(name);
    for (const [flags, what] of spec.options ?? []) command.addOption(option(flags, what));
    command.action((..._given) => {
      found = {
        spec,
        typed: { args: command.args, options: command.opts(), words: words.slice(spec.name.length) },
      };
    });
  }
  function addGroup(name: string): Commander {
    const group = settle(program.command(name)).description(groups[name] ?? name);
    parents.set(name, group);
    return group;
  }

  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 && said !== '') return { kind: 'say', text: said.trimEnd() };
    // Help that nobody asked for: a group without its word.
    const message = wrong
      .trim()
      .replace(/^error: /, '')
      .replace(/^unknown command '(.*)'/, 'no such command: $1');
    return { kind: 'wrong', message };
  }
  return found === undefined
    ? { kind: 'wrong', message: program.helpInformation() }
    : { kind: 'run', ...found };
}

const option = (flags: string, what: string): Option =>
  // Given several times, all count.
  new Option(flags, what).argParser((value: string, before: string | readonly string[] | undefined) =>
    before === undefined ? value : [...[before].flat(), value],
  );

/** `<container> <auto|public>` in its parts: no word of ours holds a blank. */
const argumentsIn = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');
