import type { CliIo } from './io.ts';

/** What stood behind the words of a command. */
export interface Typed {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The same as it was typed. */
  readonly words: readonly string[];
}

/** Carries a command out; gives the exit status. */
export type Command = (typed: Typed, io: CliIo) => Promise<number>;

/** One command as help, completion, the manual and the reader of words know it. */
export interface CommandSpec {
  /** `['containers', 'start']` for `gearway containers start`. */
  readonly name: readonly [string] | readonly [string, string];
  /** As commander writes them: `<container> [port]`. */
  readonly args?: string;
  readonly does: string;
  /** Flags as commander writes them, and what each does. */
  readonly options?: readonly (readonly [flags: string, what: string])[];
  readonly examples: readonly string[];
  /** Gearway tells itself this: no help names it. */
  readonly hidden?: true;
  /** Loaded when it is asked for: `--help` waits for no SSH library. */
  readonly load: () => Promise<Command>;
}
