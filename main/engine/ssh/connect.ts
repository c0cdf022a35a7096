import { connect as connectTcp, type Socket } from 'node:net';
import ssh2, { type Client } from 'ssh2';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { resolveName } from '../base/localhost-names.ts';
import { algorithms } from './algorithms.ts';
import { batchWrites } from './batch-writes.ts';
import { hostVerifier } from './host-verifier.ts';
import { hearLastWords } from './last-words.ts';
import { isLean, leanPackets } from './lean-packets.ts';
import { createLogin } from './login.ts';
import { sharedReads } from './shared-reads.ts';
import { type Wire, watchSilence } from './silence.ts';
import { connectFailure, type LastWords } from './ssh-failure.ts';
import type { StreamSocket } from './stream-socket.ts';
import type { ConnectPhase, HostKeys, SeenHostKey, SshEndpoint } from './types.ts';

/**
 * How long (ms) each part of connecting may be silent. OpenSSH's client waits for as long as the system does; a path that
 * swallows everything is left earlier, because what comes back is noticed by itself. A server that asks PAM says nothing
 * for half a minute, and OpenSSH's own ends a login after 120 s (`LoginGraceTime`).
 */
const silenceMs: Readonly<Record<ConnectPhase, number>> = {
  reach: 30_000,
  greet: 30_000,
  agree: 60_000,
  sign_in: 120_000,
};

/** A login that stands, and the wire below it. */
export interface Connected {
  readonly client: Client;
  readonly wire: Wire;
  /** What the server says of itself, until the end. */
  readonly words: { heard(): LastWords };
}

/** Opens one connection: TCP, host key, login. The errors of `Ssh`. */
export async function connectSsh(options: {
  readonly endpoint: SshEndpoint;
  readonly hostKeys: HostKeys;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onKey: (key: SeenHostKey) => void;
  /** What is waited for now, and for how long (ms) it may stay silent. */
  readonly onPhase?: (phase: ConnectPhase, silentMs: number) => void;
  /** The way through a jump host; a socket of this computer where absent. */
  readonly through?: StreamSocket;
  /** For each part, in ms; what is usual where absent. */
  readonly readyMs?: number;
}): Promise<Result<Connected>> {
  const { endpoint, signal, clock } = options;
  const limitOf = (phase: ConnectPhase) => Math.min(silenceMs[phase], options.readyMs ?? silenceMs[phase]);
  const client = new ssh2.Client();
  // One listener for each channel that is being opened: hundreds at once are usual.
  client.setMaxListeners(0);
  if (options.through === undefined) options.onPhase?.('reach', limitOf('reach'));
  const opened: Result<Socket | StreamSocket> =
    options.through === undefined
      ? await openSocket({
          endpoint,
          signal,
          clock,
          mayShare: () => isLean(client),
          limitMs: limitOf('reach'),
        })
      : ok(options.through);
  if (!opened.ok) return opened;
  const socket = opened.value;
  if (signal.aborted) {
    socket.destroy();
    return fail('cancelled');
  }
  let refusedKey: AppError | undefined;
  // A question to a person ends with the login that asks it, whoever ends that.
  const login = new AbortController();
  let stopWatching = () => {};

  return new Promise((resolve) => {
    const settle = (result: Result<Connected>) => {
      login.abort();
      stopWatching();
      signal.removeEventListener('abort', abort);
      client.off('ready', ready).off('error', failed).off('handshake', agreed).off('end', closed);
      client.off('close', closed);
      socket.off('data', greeted);
      // After this every error is a loss, which `close` tells.
      client.on('error', () => {});
      if (!result.ok) {
        client.destroy();
        socket.destroy();
      }
      resolve(result);
    };
    const begin = (phase: ConnectPhase) => {
      stopWatching();
      const limitMs = limitOf(phase);
      // A tenth at a time, so that the countdown begins anew soon after something was heard.
      const everyMs = Math.max(Math.ceil(limitMs / 10), 20);
      options.onPhase?.(phase, limitMs);
      stopWatching = watchSilence({
        ...{ wire: socket, clock, everyMs, most: Math.ceil(limitMs / everyMs) },
        onHeard: () => options.onPhase?.(phase, limitMs),
        onSilent: () => failed({ level: 'client-timeout', message: `silent: ${phase}` }),
      });
    };
    const abort = () => settle(fail('cancelled'));
    const greeted = () => {
      socket.off('data', greeted);
      begin('agree');
    };
    const agreed = () => begin('sign_in');
    const ready = () => settle(ok({ client, wire: socket, words }));
    const failed = (error: unknown) => {
      // An agent that does not sign, a key that cannot: ssh2 goes on with what else there is.
      if (words.goesOn(error)) return;
      settle({ ok: false, error: refusedKey ?? connectFailure(error, endpoint, words.heard()) });
    };
    const closed = () => failed({ level: 'closed', message: 'closed' });
    signal.addEventListener('abort', abort, { once: true });
    // A server that is full says so in a line and ends; `close` does not always follow.
    client.on('ready', ready).on('error', failed).on('handshake', agreed).on('end', closed);
    client.on('close', closed);

    const signIn = createLogin(endpoint, login.signal, (error) => settle({ ok: false, error }));
    const pinned = options.hostKeys.pin(endpoint.runId) ?? endpoint.knownKeys?.[0];
    client.connect({
      sock: socket as Socket,
      username: endpoint.user,
      // Both are done here, by silence instead of by the clock.
      readyTimeout: 0,
      keepaliveInterval: 0,
      algorithms: algorithms(pinned?.algorithm, endpoint.old),
      hostVerifier: hostVerifier({
        ...options,
        onRefused: (error) => {
          refusedKey = error;
        },
      }),
      authHandler: signIn.handler,
    });
    signIn.hear(client);
    leanPackets(client);
    const words = hearLastWords(client, socket);
    socket.on('data', greeted);
    begin('greet');
  });
}

function openSocket(options: {
  readonly endpoint: SshEndpoint;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly mayShare: () => boolean;
  readonly limitMs: number;
}): Promise<Result<Socket>> {
  const { endpoint, signal } = options;
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(fail('cancelled'));
      return;
    }
    const socket = connectTcp({
      ...sharedReads(options.mayShare, (data) => socket.emit('data', data)),
      host: endpoint.host,
      port: endpoint.port,
      lookup: resolveName,
      // Without this, small packets wait for the far side's acknowledgement: 44 ms for each keystroke.
      noDelay: true,
    });
    // Until ssh2 listens: what is read into a shared buffer waits for nobody.
    socket.pause();
    const settle = (result: Result<Socket>) => {
      stopTimer();
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
    const stopTimer = options.clock.after(options.limitMs, () =>
      settle(fail('ssh_timeout', { params: { host: endpoint.host, port: endpoint.port } })),
    );
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      batchWrites(socket);
      settle(ok(socket));
    });
  });
}
