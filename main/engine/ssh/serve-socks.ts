import type { Socket } from 'node:net';
import type { Clock } from '../base/effects.ts';
import { noLogin, readGreeting, readRequest } from './socks.ts';

/** A client that has not said by then where it wants to go is sent away. */
const patienceMs = 10_000;

/**
 * Hears from a client where it wants to go, by SOCKS5; `undefined` when it was refused or left, and then its socket is
 * ended. The socket is paused afterwards; what came after the request is read next.
 */
export function askBySocks(
  socket: Socket,
  clock: Clock,
): Promise<{ readonly host: string; readonly port: number } | undefined> {
  return new Promise((resolve) => {
    let held: Buffer = Buffer.alloc(0);
    let isGreeted = false;
    const settle = (target: { readonly host: string; readonly port: number } | undefined, last?: Buffer) => {
      stop();
      socket.pause();
      socket.off('data', take).off('end', leave).off('close', leave);
      if (target === undefined) {
        if (last !== undefined) socket.write(last);
        socket.end();
        socket.destroySoon();
      } else if (held.length > 0) socket.unshift(held);
      resolve(target);
    };
    const leave = () => settle(undefined);
    const stop = clock.after(patienceMs, leave);
    const take = (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (;;) {
        const read = isGreeted ? readRequest(held) : readGreeting(held);
        if (read.kind === 'more') return;
        if (read.kind === 'refused') {
          settle(undefined, read.answer);
          return;
        }
        held = held.subarray(read.used);
        if (read.kind === 'connect') {
          settle({ host: read.host, port: read.port });
          return;
        }
        isGreeted = true;
        socket.write(noLogin);
      }
    };
    socket.on('data', take).once('end', leave).once('close', leave);
    socket.resume();
  });
}
