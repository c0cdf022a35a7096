import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { dialFailure } from './ssh-failure.ts';

/** The far side's own patience with a host that swallows everything is longer; a slow path needs some of it. */
const openDeadlineMs = 20_000;

/**
 * Opens a `direct-tcpip` channel (RFC 4254 §7.2), or with a path for a host one to a Unix socket (OpenSSH's PROTOCOL §2.4). One that opens
 * after nobody waits any more is closed at once.
 */
export function dialOn(
  client: Client,
  host: string,
  port: number,
  signal: AbortSignal,
  clock: Pick<Clock, 'after'>,
): Promise<Result<Duplex>> {
  return new Promise((resolve) => {
    let waiting = true;
    const settle = (result: Result<Duplex>) => {
      if (!waiting) return;
      waiting = false;
      stopTimer();
      signal.removeEventListener('abort', abort);
      client.off('close', lost);
      resolve(result);
    };
    const abort = () => settle(fail('cancelled'));
    const lost = () => settle(fail('ssh_lost', { params: { host, port } }));
    const stopTimer = clock.after(openDeadlineMs, () =>
      settle(fail('target_timeout', { params: { host, port } })),
    );
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    client.once('close', lost);
    try {
      const opened = (error: Error | undefined, channel: ClientChannel) => {
        if (error !== undefined) settle({ ok: false, error: dialFailure(error, host, port) });
        else if (waiting) settle(ok(channel));
        else {
          channel.on('error', () => {});
          channel.destroy();
        }
      };
      if (host.startsWith('/')) client.openssh_forwardOutStreamLocal(host, opened);
      else client.forwardOut('127.0.0.1', 0, host, port, opened);
    } catch {
      lost();
    }
  });
}
