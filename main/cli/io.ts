import { shownJson, shownText } from '../../shared/shown-text.ts';

/** What a command may do to the terminal; tests hand in one that remembers. */
export interface CliIo {
  /** One line for programs, on standard output. */
  out(line: string): void;
  /** One line for people, on standard error. */
  note(line: string): void;
  /** Settles when the person or the system asks the command to end. It keeps no process alive: what is open does. */
  untilStopped(): Promise<void>;
}

/** Exit statuses that scripts rely on. */
export const exitStatus = { done: 0, failed: 1, wrongUsage: 2 } as const;

/** The real terminal. The first SIGINT or SIGTERM asks for an orderly end; the second one has its usual effect. */
export function terminalIo(): CliIo {
  let stop: (() => void) | undefined;
  let asked = false;
  const ask = () => {
    asked = true;
    for (const signal of signals) process.off(signal, ask);
    stop?.();
  };
  for (const signal of signals) process.on(signal, ask);
  // A reader that has seen enough (`| head -1`) ends the command as it should: there is nobody to write for.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') ask();
    else throw error;
  });
  return {
    out: (line) => process.stdout.write(`${clean(line)}\n`),
    note: (line) => process.stderr.write(`${shownText(line)}\n`),
    untilStopped: () =>
      asked
        ? Promise.resolve()
        : new Promise((resolve) => {
            stop = resolve;
          }),
  };
}

/** Names come from elsewhere; a terminal obeys none of them. JSON stays the JSON that it is. */
const clean = (line: string): string => (/^[[{]/.test(line) ? shownJson(line) : shownText(line));

const signals = ['SIGINT', 'SIGTERM'] as const;
