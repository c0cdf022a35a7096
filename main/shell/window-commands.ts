import type { WindowCommand } from '../../shared/contract/commands.ts';

/** Hands commands to the window, and keeps those that come before it can hear. */
interface WindowCommands {
  send(command: WindowCommand): void;
  /** The page listens now. */
  ready(): void;
  /** The page is gone or being loaded again. */
  deaf(): void;
}

/** What a person asked long ago, by many clicks, is not what they want now. */
const mostWaiting = 5;

export function createWindowCommands(deliver: (command: WindowCommand) => void): WindowCommands {
  let hears = false;
  let waiting: WindowCommand[] = [];
  return {
    send(command) {
      if (hears) deliver(command);
      else waiting = [...waiting, command].slice(-mostWaiting);
    },
    ready() {
      hears = true;
      for (const command of waiting.splice(0)) deliver(command);
    },
    deaf() {
      hears = false;
    },
  };
}
