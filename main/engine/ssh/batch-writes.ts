import type { Socket } from 'node:net';
import { giveBack, isOneUse } from './one-use.ts';

/** So much is worth a call to the system of its own; it also bounds what is held back for a socket that stands still. */
const batchBytes = 64 * 1024;
/** A packet of less than this is somebody's keystroke or question: the first one of a turn does not wait for others. */
const smallBytes = 2 * 1024;
/** More chunks than this are left to the garbage collector: the system takes nothing for now. */
const mostHeld = 1_024;

/**
 * Lets everything that is written in one turn of the event loop leave in one call to the system: packets are written in
 * pieces, which without Nagle's delay would be as many TCP segments and calls. Chunks for one use are given back once the
 * system has them.
 *
 * `write` then answers `false` only where the system took not all of it; Node's own answer compares with a buffer that is
 * smaller than one packet, so that every packet of a download would stop its source for a turn. `drain` follows as usual.
 */
export function batchWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...words: unknown[]) => boolean;
  let waiting = false;
  let isTurnOpen = false;
  let held: Uint8Array[] = [];
  const send = () => {
    if (!waiting) return;
    waiting = false;
    socket.uncork();
    release();
  };
  /** The system has all of it; what a socket did not send before it was destroyed may still be read by the system. */
  const release = () => {
    if (held.length === 0 || socket.destroyed || socket.writableLength > 0) return;
    for (const chunk of held) giveBack(chunk);
    held = [];
  };
  socket.on('drain', release);
  socket.write = ((...words: unknown[]) => {
    if (!waiting) {
      waiting = true;
      socket.cork();
      if (isTurnOpen === false) {
        isTurnOpen = true;
        // With all of its pieces, before anything else is read.
        process.nextTick(() => {
          if (socket.writableLength < smallBytes) send();
        });
        // What else is read in this turn goes together, before the next wait: no time is lost.
        setImmediate(() => {
          isTurnOpen = false;
          send();
        });
      }
    }
    const mayWriteMore = write(...words);
    if (isOneUse(words[0])) {
      if (held.length === mostHeld) held = [];
      held.push(words[0]);
    }
    if (socket.writableLength >= batchBytes) send();
    return mayWriteMore || waiting || socket.writableLength === 0;
  }) as Socket['write'];
}
