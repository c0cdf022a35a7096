import { readWords } from '../../../shared/quoting/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readSshCommand, type SshTarget } from '../ssh/index.ts';
import { type ReadForward, readForward } from './read-forward.ts';

export interface ReadCommand extends SshTarget {
  /** Path of a private key. */
  readonly keyFile?: string;
  /** Each leads to the next, the last one to the host. */
  readonly jumps: readonly SshTarget[];
  readonly forwards: readonly ReadForward[];
  /** What the command says itself; the rest is a default, which an SSH configuration knows better. */
  readonly says: { readonly port: boolean; readonly user: boolean };
}

/** Options of ssh(1) that take a value, apart from those that are read here. */
const withValue = 'BbcEeFImOoPQSWw';
const mostJumps = 5;

/**
 * Reads a whole `ssh …` command as people paste it: destination, `-p`, `-l`, `-i`, `-J`, `-L`, `-R`, `-D`, also glued
 * to their values or behind options without one (`-fNL …`). Nothing is expanded or run; other options change nothing.
 * `ssh_command_invalid`, `forward_invalid`, `ssh_jump_loop` for more than five jump hosts.
 */
export function readCommand(typed: string): Result<ReadCommand> {
  const invalid = fail('ssh_command_invalid');
  if (typed.length > 10_000) return invalid;
  const words = [
    ...(readWords(
      typed
        .trim()
        .replace(/\\\r?\n/g, ' ')
        .replace(/^\$\s+/, ''),
    ) ?? ['']),
  ];
  if (/^(?:.*\/)?ssh(?:\.exe)?$/.test(words[0] ?? '')) words.shift();
  const destination: string[] = [];
  const forwards: ReadForward[] = [];
  let keyFile: string | undefined;
  let jumps: readonly SshTarget[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!/^-[^-]/.test(word)) {
      // A command for the far side comes behind the destination: it is none of a connection's business.
      if (destination.some((before) => !before.startsWith('-'))) break;
      destination.push(word);
      continue;
    }
    const read = readOption(word, words);
    if (read === undefined) continue;
    if (read.value === undefined) return invalid;
    const { name, value } = read;
    if (name === 'p' || name === 'l') destination.unshift(`-${name}${value}`);
    else if (name === 'i') keyFile = value;
    else if (name === 'J') {
      const found = readJumps(value);
      if (!found.ok) return found;
      jumps = found.value;
    } else if (name === 'L' || name === 'R' || name === 'D') {
      const direction = ({ L: 'local', R: 'remote', D: 'dynamic' } as const)[name];
      const forward = readForward(direction, value);
      if (!forward.ok) return forward;
      forwards.push(forward.value);
    }
  }
  if (destination.some((word) => /\s/.test(word))) return invalid;
  const written = destination.join(' ');
  const target = readSshCommand(written);
  if (!target.ok) return target;
  const says = { port: /(?:^|\s)-p|:\d+$/.test(written), user: /(?:^|\s)-l|@/.test(written) };
  return ok({ ...target.value, keyFile, jumps, forwards, says });
}

/** The option that takes a value in a word such as `-p22`, `-NL` or `-i`; nothing where none of them does. */
function readOption(
  word: string,
  rest: string[],
): { readonly name: string; readonly value: string | undefined } | undefined {
  for (let at = 1; at < word.length; at += 1) {
    const name = word[at] ?? '';
    if (!`pliJLRD${withValue}`.includes(name)) continue;
    const glued = word.slice(at + 1);
    return { name, value: glued === '' ? rest.shift() : glued };
  }
  return undefined;
}

/** `[user@]host[:port],…` */
export function readJumps(text: string): Result<readonly SshTarget[]> {
  if (text.toLowerCase() === 'none') return ok([]);
  const parts = text.split(',');
  if (parts.length > mostJumps) return fail('ssh_jump_loop');
  const jumps: SshTarget[] = [];
  for (const part of parts) {
    const target =
      /\s/.test(part) || part.startsWith('-') ? fail('ssh_command_invalid') : readSshCommand(part);
    if (!target.ok) return target;
    jumps.push(target.value);
  }
  return ok(jumps);
}
