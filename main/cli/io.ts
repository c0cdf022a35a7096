import { shownJson, shownText } from '../../shared/shown-text.ts';
import type { Log } from '../engine/base/effects.ts';

/** What a command may do to the terminal; tests hand in one that remembers. */
export interface CliIo {
  /** One line for programs, on standard output. */
  out(line: string): void;
  /** One line for people, on standard error. */
  note(line: string): void;
  /** The same for what ends the command: with a code for programs, and `gearway: ` before it. */
  fail(code: string, message: string): void;
  /** What to tell programs of a command that ended so: what was failed or noted last. */
  failure(status: number): { readonly code: string; readonly message: string };
  /** Settles when the person or the system asks the command to end. It keeps no process alive: what is open does. */
  untilStopped(): Promise<void>;
  /** What happens inside, where somebody asked for it. */
  readonly log?: Log;
}

/** Exit statuses that scripts rely on. */
export const exitStatus = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** The real terminal. The first SIGINT, SIGTERM or SIGHUP asks for an orderly end; the second one has its usual effect. */
export function terminalIo(): CliIo {
  const waiting = new Set<() => void>();
  let asked = false;
  let code: string | undefined;
  let last = '';
  const note = (line: string) => {
    last = line;
    process.stderr.write(`${shownText(line)}\n`);
  };
  const ask = () => {
    asked = true;
    for (const signal of signals) process.off(signal, ask);
    for (const go of waiting) go();
  };
  for (const signal of signals) process.on(signal, ask);
  // A reader that has seen enough (`| head -1`) ends the command as it should: there is nobody to write for.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return ask();
    // A full disk, a terminal that has gone: what was to be said is lost, and the status says so.
    process.stderr.write(`gearway: the output cannot be written (${error.code ?? error.message}).\n`);
    process.exit(exitStatus.failed);
  });
  return {
    out: (line) => process.stdout.write(`${clean(line)}\n`),
    note,
    fail(of, message) {
      code = of;
      note(`gearway: ${message}`);
    },
    failure: (status) => ({
      code: code ?? (status === exitStatus.wrongUsage ? 'wrong_usage' : 'failed'),
      message: last.replace(/^gearway(?: \w+)?: /, ''),
    }),
    untilStopped: () =>
      asked
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve);
          }),
  };
}

/** Names come from elsewhere; a terminal obeys none of them. JSON stays the JSON that it is. */
const clean = (line: string): string => (/^[[{]/.test(line) ? shownJson(line) : shownText(line));

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
