import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Asks once whether the far side would speak WebSocket at `/` (RFC 6455 §4.1), over a connection that stands, and
 * leaves: nothing is sent after the handshake. `undefined` when no answer came. Always destroys the connection.
 */
export function askUpgrade(
  socket: Socket,
  options: {
    readonly host: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<'switched' | 'not_switched' | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: 'switched' | 'not_switched') => {
      socket.destroy();
      resolve(answer);
    };
    const asked = request({
      createConnection: () => socket,
      path: '/',
      signal: options.signal,
      headers: {
        host: options.host,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'user-agent': 'Gearway',
        ...options.headers,
      },
    });
    asked.on('upgrade', () => settle('switched'));
    asked.on('response', () => settle('not_switched'));
    asked.on('error', () => settle());
    asked.end();
  });
}
