import { connect, type Socket } from 'node:net';
import type { Clock } from '../base/effects.ts';

/** As long as the far side has for the other direction, in ms. */
const deadlineMs = 10_000;

/**
 * Connects to a target that this computer reaches. `connected` is false when it refused, when it stayed silent for
 * `deadlineMs`, or when the socket was destroyed before; the socket is over then.
 */
export function dialNear(
  target: { readonly host: string; readonly port: number },
  clock: Clock,
): { readonly socket: Socket; readonly connected: Promise<boolean> } {
  const socket = connect({ ...target, allowHalfOpen: true, noDelay: true });
  // `close` tells of it: without a listener it would be thrown.
  socket.on('error', () => {});
  const connected = new Promise<boolean>((resolve) => {
    const giveUp = clock.after(deadlineMs, () => socket.destroy());
    const settle = (isUp: boolean) => {
      giveUp();
      resolve(isUp);
    };
    socket.once('connect', () => settle(true));
    socket.once('close', () => settle(false));
  });
  return { socket, connected };
}
