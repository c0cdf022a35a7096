import type { Socket } from 'node:net';
import type { Clock } from '../base/effects.ts';

/** A client that takes its end more slowly than this is closed without it. */
const endMs = 2_000;

/**
 * Resets a client, so that what it got so far does not look whole. One that is being sent its end has got all that there
 * was: it gets the end instead. For that one libuv refuses a reset while it shuts the socket down (`uv_tcp_close_reset`,
 * EINVAL), and Node then forgets a handle that stays open and keeps the process alive (`lib/net.js`, `Socket._destroy`).
 */
export function resetSocket(socket: Socket, clock: Pick<Clock, 'after'>): void {
  if (socket.destroyed || !socket.writableEnded || socket.writableFinished) {
    socket.resetAndDestroy();
    return;
  }
  socket.once(
    'close',
    clock.after(endMs, () => socket.destroy()),
  );
  socket.destroySoon();
}
