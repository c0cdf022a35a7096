import { resolve } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../engine/base/effects.ts';
import { createLogFile } from '../engine/base/log-file.ts';
import { scrub } from '../engine/base/scrub.ts';

/** What every command takes beside its own options, and the words that are left. Behind `--` stand no options. */
export interface LogOptions {
  /** Absolute. */
  readonly file: string | undefined;
  readonly verbose: boolean;
  readonly rest: readonly string[];
}

export function takeLogOptions(words: readonly string[]): Result<LogOptions, string> {
  let file: string | undefined;
  let verbose = false;
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      rest.push(...words.slice(at));
      break;
    }
    if (word === '--verbose') verbose = true;
    else if (word === '--log' || word.startsWith('--log=')) {
      const named = word === '--log' ? words[++at] : word.slice('--log='.length);
      if (named === undefined || named === '') return err('--log takes the name of a file.');
      file = resolve(named);
    } else rest.push(word);
  }
  return ok({ file, verbose, rest });
}

/** Writes to the file, to the terminal, to both or to nowhere. `secrets`: what no line may hold. */
export function openCommandLog(
  options: Pick<LogOptions, 'file' | 'verbose'>,
  io: { readonly note: (line: string) => void; readonly secrets: readonly string[] },
): { readonly write: Log; close(): Promise<void> } {
  const file =
    options.file === undefined
      ? undefined
      : createLogFile({ path: options.file, now: Date.now, secrets: () => io.secrets });
  return {
    write(level, event, details) {
      file?.write(level, event, details);
      if (options.verbose)
        io.note(scrub(`${level} ${event} ${JSON.stringify(details ?? {})}`, io.secrets, 2_000));
    },
    close: async () => file?.close(),
  };
}
