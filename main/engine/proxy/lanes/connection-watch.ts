import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connectMs } from './attempt.ts';

export interface ConnectionWatch {
  readonly stood: boolean;
  stop(): void;
}

/** Tells when a connection stands, TLS included, and ends one that does not come about. */
export function watchConnection(socket: Socket, hurry: boolean, onStands: () => void): ConnectionWatch {
  const secure = 'encrypted' in socket ? (socket as TLSSocket) : undefined;
  const pending = socket.connecting || (secure !== undefined && secure.getProtocol() === null);
  if (!pending) {
    onStands();
    return { stood: true, stop: () => {} };
  }
  let stood = false;
  const event = secure === undefined ? 'connect' : 'secureConnect';
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error('Not connected in time.'), { code: 'ETIMEDOUT' })),
    hurry ? connectMs.withOtherRoute : connectMs.alone,
  );
  const onStep = () => void timer.refresh();
  if (secure !== undefined) socket.once('connect', onStep);
  const onEvent = () => {
    stood = true;
    clearTimeout(timer);
    onStands();
  };
  socket.once(event, onEvent);
  return {
    get stood() {
      return stood;
    },
    stop() {
      clearTimeout(timer);
      socket.off('connect', onStep);
      if (!stood) socket.off(event, onEvent);
    },
  };
}
