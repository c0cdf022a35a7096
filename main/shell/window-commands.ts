import type { WindowCommand } from '../../shared/contract/commands.ts';

/** Hands commands to the window, and keeps each until the window says that it has followed it. */
interface WindowCommands {
  send(command: WindowCommand): void;
  /** The page listens now. */
  ready(): void;
  /** The page is gone or being loaded again: what it was told last may be lost with it. */
  deaf(): void;
  /** The page has followed the command of this number. */
  followed(number: number): void;
}

/** What a person asked long ago, or by many clicks, is not what they want now. */
const mostWaiting = 5;
const freshMs = 60_000;

export function createWindowCommands(options: {
  readonly deliver: (number: number, command: WindowCommand) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}): WindowCommands {
  let hears = false;
  let last = 0;
  let waiting: { readonly number: number; readonly at: number; readonly command: WindowCommand }[] = [];
  return {
    send(command) {
      last += 1;
      waiting = [...waiting, { number: last, at: options.now(), command }].slice(-mostWaiting);
      if (hears) options.deliver(last, command);
    },
    ready() {
      hears = true;
      waiting = waiting.filter(({ at }) => options.now() - at <= freshMs);
      for (const { number, command } of waiting) options.deliver(number, command);
    },
    deaf() {
      hears = false;
    },
    followed(number) {
      waiting = waiting.filter((one) => one.number !== number);
    },
  };
}
