import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import type { Tunnel } from '../../../shared/model/service.ts';
import { type AppError, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Random, Stop } from '../effects.ts';
import { backoffMs } from './backoff.ts';
import { type Listener, listenLocally } from './listener.ts';
import { pump } from './pump.ts';
import { nextAttempt, nextTunnelLife, type TunnelEvent, type TunnelLife, unopened } from './tunnel-life.ts';
import type { Link, Ssh, TunnelOptions } from './types.ts';
import { verify } from './verify.ts';

/** A client that comes while the link is away waits this long, then it is reset. */
const clientPatienceMs = 10_000;
/** A service that did not answer is asked again after this time. */
const reverifyMs = 5_000;
const staggerMs = 300;
/** Numbers and ages need no more than this. */
const trafficMs = 1_000;

export interface TunnelParts {
  readonly ssh: Ssh;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: () => void;
}

/** One tunnel that is open: its listener, its link and its clients. */
export interface OpenTunnel {
  view(): Tunnel;
  retry(): void;
  close(): Promise<void>;
}

/** `local_port_busy`, `local_port_forbidden` {port}. */
export async function openTunnel(
  options: TunnelOptions & { readonly id: string },
  parts: TunnelParts,
): Promise<Result<OpenTunnel>> {
  const { ssh, clock } = parts;
  const key = options.dedicated === true ? `${options.key}\0${options.id}` : options.key;
  const { targetPort, targetHost = '127.0.0.1', bind = '127.0.0.1' } = options;
  const over = new AbortController();
  // One listener for each client that is being served.
  setMaxListeners(0, over.signal);
  const clients = new Set<Socket>();
  /** Clients that wait for a link. */
  const waiting = new Set<(link: Link | undefined) => void>();
  const traffic = { bytesUp: 0, bytesDown: 0 };
  let life: TunnelLife = unopened;
  let link: Link | undefined;
  let timer: Stop | undefined;
  let trafficTimer: Stop | undefined;

  const tell = (event: TunnelEvent) => {
    const before = life;
    life = nextTunnelLife(life, event);
    if (life !== before) parts.onChange();
  };

  const listener: Result<Listener> = await listenLocally({
    bind,
    port: options.localPort ?? 0,
    onClient: (socket) => void serve(socket),
  });
  if (!listener.ok) return listener;
  const local = { host: listener.value.host, port: listener.value.port };

  async function serve(socket: Socket) {
    clients.add(socket);
    socket.once('close', () => {
      clients.delete(socket);
      noteTraffic();
    });
    // Before there is a channel nobody else listens for the client's own end.
    socket.on('error', () => socket.destroy());
    const standing = await linkFor();
    if (standing === undefined || socket.destroyed) {
      socket.resetAndDestroy();
      return;
    }
    const channel = await ssh.dial(key, targetHost, targetPort, over.signal);
    if (!channel.ok) {
      if (channel.error.code.startsWith('target_'))
        tell({ kind: 'unanswered', at: clock.now(), error: channel.error });
      socket.resetAndDestroy();
      return;
    }
    if (socket.destroyed || !standing.isAlive()) {
      channel.value.destroy();
      socket.resetAndDestroy();
      return;
    }
    pump(socket, channel.value, standing, {
      up(bytes) {
        traffic.bytesUp += bytes;
        noteTraffic();
      },
      down(bytes) {
        traffic.bytesDown += bytes;
        noteTraffic(true);
      },
      ended: () => noteTraffic(),
    });
    socket.resume();
    noteTraffic();
  }

  /** The link that stands, or the next one within the client's patience. */
  function linkFor(): Promise<Link | undefined> {
    if (link?.isAlive() === true) return Promise.resolve(link);
    if (life.state.kind === 'failed') return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (found: Link | undefined) => {
        stop();
        waiting.delete(settle);
        resolve(found);
      };
      const stop = clock.after(clientPatienceMs, () => settle(undefined));
      waiting.add(settle);
    });
  }

  let heardSince = false;
  function noteTraffic(heard = false) {
    heardSince ||= heard;
    trafficTimer ??= clock.after(trafficMs, () => {
      trafficTimer = undefined;
      // A byte from the far service is the best proof there is.
      if (heardSince) tell({ kind: 'answered', at: clock.now() });
      heardSince = false;
      if (!over.signal.aborted) parts.onChange();
    });
  }

  async function tryNow() {
    timer?.();
    timer = undefined;
    tell({ kind: 'trying', at: clock.now() });
    const linked = await ssh.link(key, over.signal);
    if (over.signal.aborted) return;
    if (linked.ok) adopt(linked.value);
    else lose(linked.error);
  }

  function adopt(fresh: Link) {
    if (fresh === link && fresh.isAlive()) return;
    timer?.();
    link = fresh;
    fresh.onLost(() => {
      if (link === fresh)
        lose({ code: 'ssh_lost', params: { host: fresh.endpoint.host, port: fresh.endpoint.port } });
    });
    if (!fresh.isAlive()) return;
    tell({ kind: 'linked', at: clock.now() });
    for (const settle of [...waiting]) settle(fresh);
    // Many tunnels come back with one link: their questions come one after the other.
    if (life.attempt === 0) void check(fresh);
    else timer = clock.after(Math.round(parts.random() * staggerMs), () => void check(fresh));
  }

  function lose(error: AppError) {
    link = undefined;
    timer?.();
    if (over.signal.aborted) return;
    const at = clock.now();
    const delayMs = backoffMs(nextAttempt(life, at), parts.random);
    tell({ kind: 'lost', at, error, delayMs });
    if (life.state.kind === 'reconnecting') timer = clock.after(delayMs, () => void tryNow());
    else for (const settle of [...waiting]) settle(undefined);
  }

  /** Asks the far service for a byte; asks again later where it did not answer. */
  async function check(of: Link) {
    const channel = await ssh.dial(key, targetHost, targetPort, over.signal);
    if (over.signal.aborted || link !== of) {
      if (channel.ok) channel.value.destroy();
      return;
    }
    if (channel.ok) {
      const outcome = await verify(channel.value, clock);
      if (link === of) tell({ kind: outcome === 'answered' ? 'answered' : 'accepted', at: clock.now() });
      return;
    }
    if (!channel.error.code.startsWith('target_')) return;
    tell({ kind: 'unanswered', at: clock.now(), error: channel.error });
    timer?.();
    timer = clock.after(reverifyMs, () => void check(of));
  }

  const forget = ssh.follow(key, {
    linked: adopt,
    reachable: () => {
      if (life.state.kind === 'reconnecting') void tryNow();
    },
  });
  tell({ kind: 'opened', at: clock.now() });
  void tryNow();

  return ok({
    view: () => ({
      state: life.state,
      local,
      command: link === undefined ? undefined : sshCommand(link, local, targetHost, targetPort),
      traffic: { ...traffic, open: clients.size },
    }),
    retry: () => {
      if (life.state.kind === 'reconnecting' || life.state.kind === 'failed') void tryNow();
      else if (life.state.kind === 'unanswered' && link !== undefined) void check(link);
    },
    async close() {
      over.abort();
      forget();
      timer?.();
      trafficTimer?.();
      for (const settle of [...waiting]) settle(undefined);
      const done = listener.value.close();
      for (const client of clients) client.resetAndDestroy();
      life = nextTunnelLife(life, { kind: 'closed' });
      await done;
    },
  });
}

/** The same forward for a terminal. Hosts come from the platform: quoted, so that a shell reads them as data. */
function sshCommand(
  { endpoint }: Link,
  local: { readonly host: string; readonly port: number },
  targetHost: string,
  targetPort: number,
): string {
  const target = `${endpoint.user}@${endpoint.host}`;
  const quoted = /^[\w@.:-]+$/.test(target) ? target : `'${target.replaceAll("'", "'\\''")}'`;
  return `ssh -N -L ${local.host}:${local.port}:${targetHost}:${targetPort} -p ${endpoint.port} ${quoted}`;
}
