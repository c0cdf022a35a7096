import type { WindowCommand } from '../../shared/contract/commands.ts';

/** Hands commands to the window, and keeps each until the window says that it has followed it. */
interface WindowCommands {
  send(command: WindowCommand): void;
  /** The page listens now. */
  ready(): void;
  /** The page is gone or leaves for another: it hears nothing more, and what it still says counts for nothing. */
  leaves(): void;
  /** The next page stands in its place, and will say that it is ready. */
  arrives(): void;
  /** Nothing came in its place: the page is still there, and hears as it did before. */
  stays(): void;
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
  /** Set while one page leaves for another: whether it heard. Its last words may come after the command that is for the next. */
  let leaving: { readonly heard: boolean } | undefined;
  let last = 0;
  let waiting: { readonly number: number; readonly at: number; readonly command: WindowCommand }[] = [];
  return {
    send(command) {
      last += 1;
      waiting = [...waiting, { number: last, at: options.now(), command }].slice(-mostWaiting);
      if (hears) options.deliver(last, command);
    },
    ready() {
      if (leaving !== undefined) {
        leaving = { heard: true };
        return;
      }
      hears = true;
      deliverWaiting();
    },
    leaves() {
      leaving = { heard: leaving?.heard ?? hears };
      hears = false;
    },
    arrives() {
      leaving = undefined;
      hears = false;
    },
    stays() {
      if (leaving === undefined) return;
      hears = leaving.heard;
      leaving = undefined;
      if (hears) deliverWaiting();
    },
    followed(number) {
      if (leaving !== undefined) return;
      waiting = waiting.filter((one) => one.number !== number);
    },
  };

  function deliverWaiting() {
    waiting = waiting.filter(({ at }) => options.now() - at <= freshMs);
    for (const { number, command } of waiting) options.deliver(number, command);
  }
}
