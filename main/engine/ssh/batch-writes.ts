import type { Socket } from 'node:net';

/**
 * Lets everything that is written in one turn of the event loop leave in one call to the system. ssh2 writes each packet
 * in three pieces (length, body, tag), which without Nagle's delay would be three TCP segments and three calls.
 */
export function batchWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...words: unknown[]) => boolean;
  let waiting = false;
  const send = () => {
    if (!waiting) return;
    waiting = false;
    socket.uncork();
  };
  socket.write = ((...words: unknown[]) => {
    if (!waiting) {
      waiting = true;
      socket.cork();
      // After what else was read in this turn, before the next wait: no time is lost.
      setImmediate(send);
    }
    const mayWriteMore = write(...words);
    // A full buffer leaves at once: held back, it would stop its source for nothing and keep what the system could take.
    if (!mayWriteMore) send();
    return mayWriteMore;
  }) as Socket['write'];
}
