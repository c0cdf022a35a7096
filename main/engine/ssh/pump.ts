import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Stop } from '../base/effects.ts';
import { batchWrites } from './batch-writes.ts';
import { openWindow } from './receive-window.ts';
import { resetSocket } from './reset-socket.ts';
import { takeShared } from './shared-reads.ts';
import type { Link } from './types.ts';

/** What a pair of streams tells while it lives, and the time that it goes by. */
interface PumpOptions {
  readonly clock: Pick<Clock, 'after'>;
  up(bytes: number): void;
  down(bytes: number): void;
  ended(): void;
}

/** How long nothing of what a client has sent may move on after the client is gone. */
const lingerMs = 10_000;

/**
 * Joins a local socket with a channel until both directions are done. Each direction ends by itself, so that a client
 * that has said everything still hears the answer. A link that is lost resets the local side: the ssh2 library ends
 * its streams as if the far side had finished, and a download cut in the middle would look complete.
 */
export function pump(socket: Socket, channel: Duplex, link: Link, options: PumpOptions): void {
  const { clock } = options;
  let farEnded = false;
  let over = false;
  let linger: Stop | undefined;
  const window = openWindow(channel, link);
  batchWrites(socket);
  const unhook = link.onLost(() => finish('reset'));

  function finish(how: 'reset' | 'close') {
    if (over) return;
    over = true;
    linger?.();
    unhook();
    window.close();
    if (how === 'reset') resetAfterReading(socket, clock);
    else socket.destroySoon();
    channel.destroy();
    options.ended();
  }

  /** The client is gone in good order: what it sent last still has to leave. ssh2 drops it when it closes a channel. */
  function clientGone() {
    const allSent = channel.writableFinished || !channel.writableEnded;
    if (over || linger !== undefined || socket.errored || allSent || !link.isAlive()) finish('close');
    else {
      channel.once('finish', () => finish('close'));
      wait(channel.writableLength);
    }
  }

  /** A slow path takes its time: only one that takes nothing any more is given up. */
  function wait(left: number) {
    linger = clock.after(lingerMs, () => {
      if (channel.writableLength < left) wait(channel.writableLength);
      else finish('close');
    });
  }

  takeShared(socket);
  socket.on('data', (chunk: Buffer) => {
    if (over) return;
    options.up(chunk.length);
    const mayKeep = window.sendsAtOnce(chunk.length) ? chunk : Buffer.from(chunk);
    if (channel.writable && !channel.write(mayKeep)) socket.pause();
  });
  channel.on('drain', () => socket.resume());
  channel.on('data', (chunk: Buffer) => {
    if (over) return;
    // Once it was sent, its memory may be given back.
    const { length } = chunk;
    options.down(length);
    if (socket.writable && !socket.write(chunk)) {
      window.stalled();
      channel.pause();
    }
    window.consumed(length);
  });
  socket.on('drain', () => channel.resume());

  socket.on('end', () => channel.end());
  channel.on('end', () => {
    farEnded = true;
    if (link.isAlive()) socket.end();
    else finish('reset');
  });
  socket.on('error', () => finish('close'));
  channel.on('error', () => finish('reset'));
  socket.on('close', clientGone);
  channel.on('close', () => finish(farEnded && link.isAlive() ? 'close' : 'reset'));
}

/** A reader that is this slow may take a reset for the end. */
const mostUnreadMs = 2_000;
const unreadMs = 100;

/**
 * Resets a client once it has read what was written before. libuv tells a program of a clean end when a reset arrives
 * together with data (`uv__stream_io`, the short cut on POLLHUP after a partial read): every client on Node.js would
 * take half a file for a whole one.
 */
function resetAfterReading(socket: Socket, clock: Pick<Clock, 'after'>): void {
  if (socket.destroyed || socket.bytesWritten === 0) {
    resetSocket(socket, clock);
    return;
  }
  const reset = () => {
    stopLate();
    clock.after(unreadMs, () => resetSocket(socket, clock));
  };
  const stopLate = clock.after(mostUnreadMs, reset);
  socket.once('close', stopLate);
  if (socket.writableLength === 0) reset();
  else socket.once('drain', reset);
}
