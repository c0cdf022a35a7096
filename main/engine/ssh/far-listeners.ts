import type { Duplex } from 'node:stream';
import type { Client, TcpConnectionDetails } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { FarListener, Link } from './types.ts';

const usualAnswerMs = 10_000;

/**
 * Ports on which the far side of one connection listens (`tcpip-forward`, RFC 4254 §7.1). It has `answerMs` (ms) to say
 * yes; a port that it opens later is given back, or the next try would find it taken.
 */
export function farListeners(
  client: Client,
  clock: Pick<Clock, 'after'>,
  answerMs = usualAnswerMs,
): Link['listenFar'] {
  const listeners = new Map<number, (channel: Duplex) => void>();
  client.on('tcp connection', ({ destPort }: TcpConnectionDetails, accept, reject) => {
    const onChannel = listeners.get(destPort);
    if (onChannel === undefined) reject();
    else onChannel(accept());
  });

  return (bind, port, onChannel) =>
    new Promise<Result<FarListener>>((resolve) => {
      let waiting = true;
      const giveBack = (actual: number) => {
        try {
          client.unforwardIn(bind, actual, () => {});
        } catch {
          // The connection is gone, and the port with it.
        }
      };
      const refused = (detail?: string) => {
        waiting = false;
        stopTimer();
        client.off('close', lost);
        resolve(fail('ssh_forward_refused', { params: { port }, detail }));
      };
      const lost = () => refused();
      const stopTimer = clock.after(answerMs, lost);
      client.once('close', lost);
      try {
        client.forwardIn(bind, port, (error, chosen) => {
          if (error !== undefined) {
            refused(error.message.slice(0, 200));
            return;
          }
          const actual = port === 0 ? chosen : port;
          if (!waiting) {
            giveBack(actual);
            return;
          }
          stopTimer();
          client.off('close', lost);
          listeners.set(actual, onChannel);
          resolve(
            ok({
              port: actual,
              close() {
                if (listeners.get(actual) !== onChannel) return;
                listeners.delete(actual);
                giveBack(actual);
              },
            }),
          );
        });
      } catch {
        lost();
      }
    });
}
