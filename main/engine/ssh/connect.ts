import { connect as connectTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { resolveName } from '../base/localhost-names.ts';
import { algorithms } from './algorithms.ts';
import { batchWrites } from './batch-writes.ts';
import { algorithmOf, fingerprintOf } from './fingerprint.ts';
import { isLean, leanPackets } from './lean-packets.ts';
import { loginMethods } from './login.ts';
import { sharedReads } from './shared-reads.ts';
import { connectFailure } from './ssh-failure.ts';
import type { HostKeys, SeenHostKey, SshEndpoint } from './types.ts';

/** A frozen link is found after four intervals at most. */
const keepaliveMs = 3_000;
const keepaliveMisses = 3;
const tcpDeadlineMs = 10_000;
/** Key exchange and login; a busy gateway takes seconds. */
const readyDeadlineMs = 20_000;
/** A person who is asked needs time; OpenSSH's server waits 120 s (`LoginGraceTime`). */
const askingDeadlineMs = 120_000;

/** Opens one connection: TCP, host key, login. The errors of `Ssh`. */
export async function connectSsh(options: {
  readonly endpoint: SshEndpoint;
  readonly hostKeys: HostKeys;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onKey: (key: SeenHostKey) => void;
  /** The way through a jump host; a socket of this computer where absent. */
  readonly through?: Duplex;
  /** For key exchange and login, in ms; 20 s where absent. */
  readonly readyMs?: number;
}): Promise<Result<Client>> {
  const { endpoint, signal } = options;
  const client = new ssh2.Client();
  const socket: Result<Duplex> =
    options.through === undefined
      ? await openSocket(endpoint, signal, () => isLean(client))
      : ok(options.through);
  if (!socket.ok) return socket;
  if (signal.aborted) {
    socket.value.destroy();
    return fail('cancelled');
  }
  // One listener for each channel that is being opened: hundreds at once are usual.
  client.setMaxListeners(0);
  let refusedKey: AppError | undefined;
  const pinned = options.hostKeys.pin(endpoint.runId);
  // A question to a person ends with the login that asks it, whoever ends that.
  const login = new AbortController();

  return new Promise((resolve) => {
    const settle = (result: Result<Client>) => {
      login.abort();
      signal.removeEventListener('abort', abort);
      client.off('ready', ready).off('error', failed).off('end', closed).off('close', closed);
      // After this every error is a loss, which `close` tells.
      client.on('error', () => {});
      if (!result.ok) {
        client.destroy();
        socket.value.destroy();
      }
      resolve(result);
    };
    const abort = () => settle(fail('cancelled'));
    const ready = () => settle(ok(client));
    const failed = (error: unknown) =>
      settle({ ok: false, error: refusedKey ?? connectFailure(error, endpoint) });
    const closed = () => failed({ level: 'protocol', message: 'closed' });
    signal.addEventListener('abort', abort, { once: true });
    // A server that is full says so in a line and ends; `close` does not always follow.
    client.on('ready', ready).on('error', failed).on('end', closed).on('close', closed);

    let accepted: string | undefined;
    client.connect({
      sock: socket.value,
      username: endpoint.user,
      readyTimeout: options.readyMs ?? (endpoint.ask === undefined ? readyDeadlineMs : askingDeadlineMs),
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: keepaliveMisses,
      algorithms: algorithms(pinned?.algorithm, endpoint.old),
      // Asked again at every new key exchange, where only the key of this connection will do.
      hostVerifier: (key: Buffer) => {
        const fingerprint = fingerprintOf(key);
        if (accepted !== undefined) return accepted === fingerprint;
        const algorithm = algorithmOf(key);
        options.onKey({ fingerprint, algorithm });
        const expected = options.hostKeys.pin(endpoint.runId);
        if (expected !== undefined && expected.fingerprint !== fingerprint) {
          refusedKey = {
            code: 'ssh_host_key_changed',
            params: {
              host: endpoint.host,
              port: endpoint.port,
              expected: expected.fingerprint,
              got: fingerprint,
            },
          };
          return false;
        }
        if (expected === undefined && endpoint.askHostKey === true) {
          refusedKey = {
            code: 'ssh_host_key_unknown',
            params: { host: endpoint.host, port: endpoint.port, fingerprint, algorithm },
          };
          return false;
        }
        if (expected === undefined)
          options.hostKeys.remember({
            runId: endpoint.runId,
            fingerprint,
            algorithm,
            acceptedAt: options.clock.now(),
          });
        accepted = fingerprint;
        return true;
      },
      authHandler: loginMethods(endpoint, login.signal),
    });
    leanPackets(client);
  });
}

function openSocket(
  endpoint: SshEndpoint,
  signal: AbortSignal,
  mayShare: () => boolean,
): Promise<Result<Socket>> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(fail('cancelled'));
      return;
    }
    const socket = connectTcp({
      ...sharedReads(mayShare, (data) => socket.emit('data', data)),
      host: endpoint.host,
      port: endpoint.port,
      lookup: resolveName,
      // Without this, small packets wait for the far side's acknowledgement: 44 ms for each keystroke.
      noDelay: true,
    });
    // Until ssh2 listens: what is read into a shared buffer waits for nobody.
    socket.pause();
    const settle = (result: Result<Socket>) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.off('error', failed);
      if (!result.ok) {
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(result);
    };
    const failed = (error: unknown) => settle({ ok: false, error: connectFailure(error, endpoint) });
    const abort = () => settle(fail('cancelled'));
    const timer = setTimeout(
      () => settle(fail('ssh_timeout', { params: { host: endpoint.host, port: endpoint.port } })),
      tcpDeadlineMs,
    );
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      batchWrites(socket);
      settle(ok(socket));
    });
  });
}
