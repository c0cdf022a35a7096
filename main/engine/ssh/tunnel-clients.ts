import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AppError } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { dialNear } from './dial-near.ts';
import { pump } from './pump.ts';
import { resetSocket } from './reset-socket.ts';
import { askBySocks } from './serve-socks.ts';
import { socksAnswer, socksCode } from './socks.ts';
import type { Link, Ssh, Survival, TunnelOptions } from './types.ts';

interface TunnelClientsOptions {
  readonly ssh: Pick<Ssh, 'dial'>;
  readonly clock: Clock;
  /** Key of the connection. */
  readonly key: string;
  readonly direction: NonNullable<TunnelOptions['direction']>;
  /** Where every client goes, but those of `dynamic`, who say it themselves. */
  readonly target: { readonly host: string; readonly port: number };
  /** Ends what is being dialled. */
  readonly signal: AbortSignal;
  /** The link that stands, or the next one within a client's patience. */
  readonly link: () => Promise<Link | undefined>;
  /** Where connections are to outlive the link. */
  readonly survival?: () => Survival | undefined;
  /** The far service did not take a client. */
  readonly onRefused: (error: AppError) => void;
  /** It took one. */
  readonly onAccepted: () => void;
  /** The first words of an answer show what is spoken. */
  readonly onSpeaks: (what: 'http') => void;
  readonly onSent: (bytes: number) => void;
  readonly onReceived: (bytes: number) => void;
  /** One came or went. */
  readonly onCount: () => void;
}

/** Those whom one tunnel serves, and the channel of each. */
export function tunnelClients(options: TunnelClientsOptions) {
  const { ssh, clock, direction, target, signal } = options;
  // One listener for each client that is being served.
  setMaxListeners(0, signal);
  const clients = new Set<Socket>();
  /** Of the last client's channel. */
  let channelMs: number | undefined;
  let survives: boolean | undefined;

  function admit(socket: Socket) {
    clients.add(socket);
    socket.once('close', () => {
      clients.delete(socket);
      options.onCount();
    });
    // Before there is a channel nobody else listens for the client's own end.
    socket.on('error', () => socket.destroy());
  }

  function join(socket: Socket, channel: Duplex, link: Link) {
    if (direction === 'local') channel.once('data', listenTo);
    pump(socket, channel, link, {
      clock,
      up: options.onSent,
      down: options.onReceived,
      ended: options.onCount,
    });
    options.onCount();
  }

  function listenTo(first: Buffer) {
    if (/^HTTP\/1\.[01] \d{3}\b/.test(first.toString('latin1', 0, 16))) options.onSpeaks('http');
  }

  function refuse(socket: Socket, error: AppError) {
    if (direction === 'dynamic') {
      // One target that does not answer says nothing of the tunnel.
      socket.end(socksAnswer(socksCode(error)));
      socket.destroySoon();
      return;
    }
    if (error.code.startsWith('target_')) options.onRefused(error);
    resetSocket(socket, clock);
  }

  return {
    /** Leads a client of the local listener into the container. */
    async serve(socket: Socket): Promise<void> {
      admit(socket);
      const asked = direction === 'dynamic' ? await askBySocks(socket, clock) : target;
      if (asked === undefined) return;
      const link = await options.link();
      if (link === undefined || socket.destroyed) {
        resetSocket(socket, clock);
        return;
      }
      const dialledAt = clock.ticks();
      const survival = direction === 'local' ? options.survival?.() : undefined;
      if (survival !== undefined) {
        const { onSent, onReceived } = options;
        const how = await survival.serve({
          ...{ key: options.key, socket, target: asked, signal, onSent, onReceived },
        });
        if (typeof how !== 'string') {
          refuse(socket, how);
          return;
        }
        survives = how === 'served';
        if (survives) {
          channelMs = Math.round((clock.ticks() - dialledAt) * 100) / 100;
          options.onAccepted();
          options.onCount();
          return;
        }
      }
      const channel = await ssh.dial(options.key, asked.host, asked.port, signal);
      if (!channel.ok) {
        refuse(socket, channel.error);
        return;
      }
      channelMs = Math.round((clock.ticks() - dialledAt) * 100) / 100;
      if (socket.destroyed || !link.isAlive()) {
        channel.value.destroy();
        resetSocket(socket, clock);
        return;
      }
      if (direction === 'dynamic') socket.write(socksAnswer(0));
      else options.onAccepted();
      join(socket, channel.value, link);
      socket.resume();
    },
    /** Leads a connection that the far side took to a target that this computer reaches. */
    async serveFar(channel: Duplex, link: Link): Promise<void> {
      // Nothing is read before there is somebody to read it.
      channel.pause();
      channel.on('error', () => {});
      const { socket, connected } = dialNear(target, clock);
      admit(socket);
      if (!(await connected)) {
        channel.destroy();
        return;
      }
      if (channel.destroyed || !link.isAlive()) {
        resetSocket(socket, clock);
        return;
      }
      join(socket, channel, link);
      channel.resume();
    },
    count: () => clients.size,
    /** Does the last client outlive the link; absent where none was to. */
    survives: () => survives,
    /** From asking for the last channel until the container had connected it, in ms. */
    channelMs: () => channelMs,
    resetAll(): void {
      for (const client of clients) resetSocket(client, clock);
    },
  };
}
