import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Link } from './types.ts';

/** What a pair of streams tells while it lives. */
export interface PumpEvents {
  up(bytes: number): void;
  down(bytes: number): void;
  ended(): void;
}

/**
 * Joins a local socket with a channel until both directions are done. Each direction ends by itself, so that a client
 * that has said everything still hears the answer. A link that is lost resets the local side: the ssh2 library ends
 * its streams as if the far side had finished, and a download cut in the middle would look complete.
 */
export function pump(socket: Socket, channel: Duplex, link: Link, events: PumpEvents): void {
  let farEnded = false;
  let over = false;
  const unhook = link.onLost(() => finish('reset'));

  function finish(how: 'reset' | 'close') {
    if (over) return;
    over = true;
    unhook();
    if (how === 'reset') socket.resetAndDestroy();
    else socket.destroySoon();
    channel.destroy();
    events.ended();
  }

  carry(socket, channel, events.up);
  carry(channel, socket, events.down);

  socket.on('end', () => channel.end());
  channel.on('end', () => {
    farEnded = true;
    if (link.isAlive()) socket.end();
    else finish('reset');
  });
  socket.on('error', () => finish('close'));
  channel.on('error', () => finish('reset'));
  socket.on('close', () => finish('close'));
  channel.on('close', () => finish(farEnded && link.isAlive() ? 'close' : 'reset'));
}

/** Writes what one side says to the other, no quicker than that takes it. */
function carry(from: Duplex, to: Duplex, count: (bytes: number) => void): void {
  const resume = () => from.resume();
  from.on('data', (chunk: Buffer) => {
    count(chunk.length);
    if (to.writable && !to.write(chunk)) {
      from.pause();
      to.once('drain', resume);
    }
  });
}
