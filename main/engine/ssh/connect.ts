import { connect as connectTcp, type Socket } from 'node:net';
import ssh2, { type AnyAuthMethod, type Client } from 'ssh2';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../effects.ts';
import { resolveName } from '../localhost-names.ts';
import { algorithms } from './algorithms.ts';
import { batchWrites } from './batch-writes.ts';
import { algorithmOf, fingerprintOf } from './fingerprint.ts';
import { connectFailure } from './ssh-failure.ts';
import type { HostKeys, SeenHostKey, SshEndpoint } from './types.ts';

/** A frozen link is found after four intervals at most. */
const keepaliveMs = 3_000;
const keepaliveMisses = 3;
const tcpDeadlineMs = 10_000;
/** Key exchange and login; a busy gateway takes seconds. */
const readyDeadlineMs = 20_000;

/** Opens one connection: TCP, host key, login. The errors of `Ssh`. */
export async function connectSsh(options: {
  readonly endpoint: SshEndpoint;
  readonly hostKeys: HostKeys;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onKey: (key: SeenHostKey) => void;
}): Promise<Result<Client>> {
  const { endpoint, signal } = options;
  const socket = await openSocket(endpoint, signal);
  if (!socket.ok) return socket;
  const client = new ssh2.Client();
  // One listener for each channel that is being opened: hundreds at once are usual.
  client.setMaxListeners(0);
  let refusedKey: AppError | undefined;
  const pinned = options.hostKeys.pin(endpoint.runId);

  return new Promise((resolve) => {
    const settle = (result: Result<Client>) => {
      signal.removeEventListener('abort', abort);
      client.off('ready', ready).off('error', failed).off('close', closed);
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
    client.on('ready', ready).on('error', failed).on('close', closed);

    let accepted: string | undefined;
    client.connect({
      sock: socket.value,
      username: endpoint.user,
      readyTimeout: readyDeadlineMs,
      keepaliveInterval: keepaliveMs,
      keepaliveCountMax: keepaliveMisses,
      algorithms: algorithms(pinned?.algorithm),
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
            params: { expected: expected.fingerprint, got: fingerprint },
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
      authHandler: loginMethods(endpoint),
    });
  });
}

/** A key first, then the password, then the password as the answer to a server that prefers to ask for it. */
function loginMethods(endpoint: SshEndpoint): AnyAuthMethod[] {
  const { user: username, password, privateKey } = endpoint;
  const methods: AnyAuthMethod[] = [];
  if (privateKey !== undefined) methods.push({ type: 'publickey', username, key: privateKey.reveal() });
  if (password !== undefined) {
    methods.push({ type: 'password', username, password: password.reveal() });
    methods.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _language, prompts, answer) =>
        answer(prompts.map((prompt) => (prompt.echo === true ? '' : password.reveal()))),
    });
  }
  return methods.length > 0 ? methods : [{ type: 'none', username }];
}

function openSocket(endpoint: SshEndpoint, signal: AbortSignal): Promise<Result<Socket>> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(fail('cancelled'));
      return;
    }
    const socket = connectTcp({
      host: endpoint.host,
      port: endpoint.port,
      lookup: resolveName,
      // Without this, small packets wait for the far side's acknowledgement: 44 ms for each keystroke.
      noDelay: true,
    });
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
