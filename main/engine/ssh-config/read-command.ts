import type { NotTaken } from '../../../shared/model/connection.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { commandWords } from './command-words.ts';
import { readConfigLine } from './config-lines.ts';
import { readForward } from './forward.ts';
import { readPlace, readUri } from './jumps.ts';
import { addForward, addTo, applyLine, noOptions, note, type Options, portOf, setJumps } from './options.ts';

/** An `ssh` command: where to, and what it says itself, which goes before every configuration. */
export interface SshCommand {
  readonly alias: string;
  readonly options: Options;
  /** `-F`: the only configuration that counts; `none` for none. */
  readonly configFile?: string;
}

/** Options of ssh(1) that take a value. */
const withValue = 'BDEFIJLOPQRSWbceilmopw';
const without = '1246AaCfGgKkMNnqsTtVvXxYy';
/** They change nothing for a connection that opens no shell. */
const idle = 'AaCEfkKNnMqsSTtvXxYyelm';

/**
 * Reads a whole `ssh …` command as ssh(1) reads it (ssh.c), or a destination alone: `root@host:31612`. What is not carried
 * out is noted at its words. `ssh_command_invalid`, `forward_invalid`, `ssh_jump_loop` for more than five jump hosts.
 * Nothing is expanded or run. Linear, pure.
 */
export function readCommand(typed: string): Result<SshCommand> {
  const split = commandWords(typed);
  return split === undefined ? invalid : readArguments(split.words, split);
}

const invalid = fail('ssh_command_invalid');
const forwardInvalid = fail('forward_invalid', { field: 'forward' });

/** The same from words that a shell split already. */
export function readArguments(
  words: readonly string[],
  how: { readonly isCommand: boolean; readonly notTaken: readonly NotTaken[] } = {
    isCommand: true,
    notTaken: [],
  },
): Result<SshCommand> {
  const options = noOptions();
  options.notTaken.push(...how.notTaken);
  let alias: string | undefined;
  let configFile: string | undefined;
  let at = 0;
  let isOver = false;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!isOver && word === '--') {
      isOver = true;
      continue;
    }
    if (isOver || !/^-./.test(word)) {
      // What comes behind the destination and is no option is for the far side.
      if (alias !== undefined) break;
      const place = destination(word, options);
      if (place === undefined) return invalid;
      alias = place;
      continue;
    }
    const read = readOption(word, words[at + 1]);
    if (read === undefined) return invalid;
    for (const flag of read.flags) takeFlag(options, flag);
    if (read.name === undefined) continue;
    if (read.value === undefined) return invalid;
    if (read.isNext) at += 1;
    const failed = takeValue(options, read.name, read.value);
    if (failed !== undefined) return failed;
    if (read.name === 'F') configFile = read.value;
  }
  if (alias === undefined) return invalid;
  const rest = words.slice(at).join(' ');
  if (rest !== '') {
    // Without `ssh` before it, two words are no command for a far side.
    if (!how.isCommand) return invalid;
    note(options, 'not_run', { text: rest.slice(0, 200), at: '' });
  }
  return ok({ alias, options, ...(configFile === undefined ? {} : { configFile }) });
}

function destination(word: string, options: Options): string | undefined {
  // A shell would put something else in the place of a variable: nothing is guessed.
  if (/[\s\0$`]/.test(word) || word === '') return undefined;
  const uri = readUri(word);
  if (uri === undefined) return undefined;
  const at = word.lastIndexOf('@');
  if (at === 0) return undefined;
  if (uri !== 'none') {
    options.user ??= uri.user;
    options.port ??= uri.port;
    return uri.host;
  }
  // Pages write `root@host:31612`, which ssh itself takes for a name.
  const place = readPlace(word);
  const user = at < 0 ? undefined : word.slice(0, at);
  options.user ??= user;
  if (place === undefined) {
    const host = word.slice(at + 1).replace(/^\[([^\]]*)\]$/, '$1');
    return host === '' || host.startsWith('-') || host.includes('@') || /[:[\]]/.test(host)
      ? undefined
      : host;
  }
  options.port ??= place.port;
  return place.host;
}

interface ReadOption {
  readonly flags: readonly string[];
  readonly name?: string;
  readonly value?: string | undefined;
  readonly isNext: boolean;
}

/** `-p22`, `-NL value`: flags, and at most one option with a value, as getopt(3) takes them. */
function readOption(word: string, next: string | undefined): ReadOption | undefined {
  const flags: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = word[at] ?? '';
    if (withValue.includes(name)) {
      const glued = word.slice(at + 1);
      return { flags, name, value: glued === '' ? next : glued, isNext: glued === '' };
    }
    if (!without.includes(name)) return undefined;
    flags.push(name);
  }
  return { flags, isNext: false };
}

function takeFlag(options: Options, flag: string) {
  if (flag === 'g') options.gatewayPorts ??= true;
  else if (!idle.includes(flag)) note(options, 'not_done', { text: `-${flag}`, at: '' });
}

function takeValue(options: Options, name: string, value: string): ReturnType<typeof fail> | undefined {
  const line = (keyword: string) => ({
    keyword,
    words: [value],
    rest: value,
    text: `-${name} ${value}`,
    at: '',
  });
  switch (name) {
    case 'p': {
      const port = portOf(value);
      if (port === undefined) return invalid;
      options.port ??= port;
      return undefined;
    }
    case 'l':
      options.user ??= value;
      return undefined;
    case 'i':
      addTo(options.keyFiles, homePath(value));
      return undefined;
    case 'J':
      if (value.split(',').length > 5) return fail('ssh_jump_loop');
      // A second one, and one beside a command, are refused by ssh too.
      if (options.jumps !== undefined || options.proxyCommand !== undefined || /[\s\0]/.test(value))
        return invalid;
      setJumps(options, value, line('proxyjump'));
      return options.jumps === undefined ? invalid : undefined;
    case 'o': {
      const read = readConfigLine(value, '');
      if (read !== undefined) applyLine(options, { ...read, text: `-o ${read.text}` });
      return undefined;
    }
    case 'L':
    case 'R':
    case 'D': {
      const direction = ({ L: 'local', R: 'remote', D: 'dynamic' } as const)[name];
      const read = readForward(direction, value);
      if (read.kind === 'invalid') return forwardInvalid;
      if (read.kind === 'unsupported') note(options, 'not_done', line(name));
      else addForward(options, read.forward);
      return undefined;
    }
    case 'F':
      return undefined;
    default:
      if (!idle.includes(name)) note(options, 'not_done', line(name));
      return undefined;
  }
}

/** The home folder as shells of every system name it. */
const homePath = (path: string): string => {
  const found = /^(?:~|\$HOME|\$\{HOME\}|%USERPROFILE%|\$env:USERPROFILE|\$env:HOME)[\\/](.*)$/is.exec(path);
  return found === null ? path : `~/${found[1]?.replaceAll('\\', '/')}`;
};
