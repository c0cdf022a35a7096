import { setMaxListeners } from 'node:events';
import type { Client } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { execFailure } from './ssh-failure.ts';
import type { ExecAnswer, ExecOptions } from './types.ts';

/** Runs one command over a connection that stands. `ssh_timeout`, `ssh_session_refused` {text}, `ssh_lost`, `cancelled`. */
export function execOn(
  client: Client,
  command: string,
  options: ExecOptions,
  clock: Pick<Clock, 'after'>,
): Promise<Result<ExecAnswer>> {
  return new Promise((resolve) => {
    let end = () => {};
    let over = false;
    const settle = (result: Result<ExecAnswer>) => {
      over = true;
      stopTimer();
      options.signal.removeEventListener('abort', abort);
      client.off('close', lost);
      end();
      resolve(result);
    };
    const abort = () => settle(fail('cancelled'));
    const lost = () => settle(fail('ssh_lost'));
    const stopTimer = clock.after(options.timeoutMs, () => settle(fail('ssh_timeout')));
    if (options.signal.aborted) {
      abort();
      return;
    }
    // One listener for each command that runs: hundreds at once are usual, for one caller too.
    setMaxListeners(0, options.signal, client);
    options.signal.addEventListener('abort', abort, { once: true });
    client.once('close', lost);
    try {
      client.exec(command, (error, stream) => {
        if (error !== undefined) {
          settle({ ok: false, error: execFailure(error) });
          return;
        }
        stream.on('error', () => {});
        // Nobody waits any more: the command must not go on for nothing.
        if (over) {
          stream.destroy();
          return;
        }
        end = () => stream.destroy();
        const stdout = collect(options.maxBytes);
        const stderr = collect(options.maxBytes);
        let code = 0;
        stream.on('data', stdout.add);
        stream.stderr.on('data', stderr.add);
        stream.on('exit', (status: number | null) => {
          code = status ?? -1;
        });
        stream.on('close', () => settle(ok({ stdout: stdout.text(), stderr: stderr.text(), code })));
        stream.end(options.input);
      });
    } catch {
      // ssh2 throws where the connection is gone already.
      settle(fail('ssh_lost'));
    }
  });
}

function collect(maxBytes: number) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add: (chunk: Buffer) => {
      if (bytes < maxBytes) chunks.push(chunk.subarray(0, maxBytes - bytes));
      bytes += chunk.length;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
