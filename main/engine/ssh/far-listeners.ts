import type { Duplex } from 'node:stream';
import type { Client, TcpConnectionDetails } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { FarListener, Link } from './types.ts';

const answerMs = 10_000;

/** Ports on which the far side of one connection listens (`tcpip-forward`, RFC 4254 §7.1). */
export function farListeners(client: Client): Link['listenFar'] {
  const listeners = new Map<number, (channel: Duplex) => void>();
  client.on('tcp connection', ({ destPort }: TcpConnectionDetails, accept, reject) => {
    const onChannel = listeners.get(destPort);
    if (onChannel === undefined) reject();
    else onChannel(accept());
  });

  return (bind, port, onChannel) =>
    new Promise<Result<FarListener>>((resolve) => {
      const refused = (detail?: string) => {
        clearTimeout(timer);
        client.off('close', lost);
        resolve(fail('ssh_forward_refused', { params: { port }, detail }));
      };
      const lost = () => refused();
      const timer = setTimeout(lost, answerMs);
      client.once('close', lost);
      try {
        client.forwardIn(bind, port, (error, chosen) => {
          if (error !== undefined) {
            refused(error.message.slice(0, 200));
            return;
          }
          clearTimeout(timer);
          client.off('close', lost);
          const actual = port === 0 ? chosen : port;
          listeners.set(actual, onChannel);
          resolve(
            ok({
              port: actual,
              close() {
                if (listeners.get(actual) !== onChannel) return;
                listeners.delete(actual);
                try {
                  client.unforwardIn(bind, actual, () => {});
                } catch {
                  // The connection is gone, and the port with it.
                }
              },
            }),
          );
        });
      } catch {
        lost();
      }
    });
}
