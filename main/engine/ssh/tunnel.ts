import type { Tunnel } from '../../../shared/model/service.ts';
import { type AppError, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Random, Stop } from '../base/effects.ts';
import { backoffMs } from './backoff.ts';
import type { FarTables } from './far-tables.ts';
import { type Listener, listenLocally } from './listener.ts';
import { tunnelClients } from './tunnel-clients.ts';
import { tunnelCommand } from './tunnel-command.ts';
import { tunnelFigures } from './tunnel-figures.ts';
import { nextAttempt, nextTunnelLife, type TunnelEvent, type TunnelLife, unopened } from './tunnel-life.ts';
import type { FarListener, FarPort, Link, Ssh, Survival, Transport, TunnelOptions } from './types.ts';
import { waitingClients } from './waiting-clients.ts';

/** A service that did not answer is asked again after this time. */
const reverifyMs = 5_000;
const staggerMs = 300;
/** Numbers and ages need no more than this. */
const trafficMs = 1_000;

interface TunnelParts {
  readonly ssh: Ssh;
  readonly clock: Clock;
  readonly random: Random;
  readonly tables: FarTables;
  readonly onChange: () => void;
  readonly survival?: (id: string) => Survival | undefined;
}

/** One tunnel that is open: its listener, its link and its clients. */
export interface OpenTunnel {
  view(): Tunnel;
  transport(): Transport | undefined;
  look(signal: AbortSignal): Promise<FarPort>;
  retry(): void;
  close(): Promise<void>;
}

/** `local_port_busy`, `local_port_forbidden` {port}. */
export async function openTunnel(
  options: TunnelOptions & { readonly id: string },
  parts: TunnelParts,
): Promise<Result<OpenTunnel>> {
  const { ssh, clock } = parts;
  const { key, targetPort, targetHost = '127.0.0.1', bind = '127.0.0.1', direction = 'local' } = options;
  const over = new AbortController();
  const waiting = waitingClients(clock);
  const figures = tunnelFigures(clock);
  let life: TunnelLife = unopened;
  let link: Link | undefined;
  let timer: Stop | undefined;
  let trafficTimer: Stop | undefined;
  let far: FarListener | undefined;
  let speaks: Tunnel['speaks'];

  const tell = (event: TunnelEvent) => {
    const before = life;
    life = nextTunnelLife(life, event);
    if (event.kind === 'unanswered' || event.kind === 'lost') figures.failed(event.error);
    if (event.kind === 'linked' && life !== before) figures.up();
    if (life !== before) parts.onChange();
  };

  const clients = tunnelClients({
    ssh,
    clock,
    key,
    direction,
    target: { host: targetHost, port: targetPort },
    signal: over.signal,
    link: linkFor,
    survival: targetHost.startsWith('/') ? undefined : () => parts.survival?.(options.id),
    onRefused: notReached,
    onAccepted: () => tell({ kind: 'accepted', at: clock.now() }),
    onSpeaks(what) {
      speaks = what;
    },
    onSent(bytes) {
      figures.sent(bytes);
      noteTraffic(direction === 'remote');
    },
    onReceived(bytes) {
      figures.received(bytes);
      noteTraffic(direction !== 'remote');
    },
    onCount: () => noteTraffic(),
  });

  // Remote: the far side listens, nothing does here.
  let listener: Listener | undefined;
  if (direction !== 'remote') {
    const listening = await listenLocally({
      bind,
      port: options.localPort ?? 0,
      onClient: (socket) => void clients.serve(socket),
    });
    if (!listening.ok) return listening;
    listener = listening.value;
  }
  const local = listener === undefined ? undefined : { host: listener.host, port: listener.port };

  function survivalOf(): Tunnel['survival'] {
    if (parts.survival === undefined || direction !== 'local') return undefined;
    if (parts.survival(options.id) === undefined) return 'off';
    const survives = clients.survives();
    return survives === undefined ? 'ready' : survives ? 'held' : 'plain';
  }

  /** The link that stands, or the next one within the client's patience. */
  function linkFor(): Promise<Link | undefined> {
    if (link?.isAlive() === true) return Promise.resolve(link);
    return life.state.kind === 'failed' ? Promise.resolve(undefined) : waiting.wait();
  }

  let heardSince = false;
  function noteTraffic(heard = false) {
    // Clients that were sent away by the end say so afterwards.
    if (over.signal.aborted) return;
    heardSince ||= heard;
    trafficTimer ??= clock.after(trafficMs, () => {
      trafficTimer = undefined;
      // A byte from the far service is the best proof there is.
      if (heardSince) tell({ kind: 'answered', at: clock.now() });
      heardSince = false;
      // The rate falls back to nothing when nothing moves any more.
      if (figures.measure()) noteTraffic();
      parts.onChange();
    });
  }

  async function tryNow() {
    timer?.();
    timer = undefined;
    tell({ kind: 'trying', at: clock.now() });
    const linked = await ssh.link(key, over.signal);
    // A link is told of to all who follow, this tunnel too: only that none came about is told here.
    if (!linked.ok && link === undefined && !over.signal.aborted) lose(linked.error);
  }

  function adopt(fresh: Link) {
    timer?.();
    link = fresh;
    fresh.onLost((error) => {
      if (link === fresh) lose(error);
    });
    if (!fresh.isAlive()) return;
    tell({ kind: 'linked', at: clock.now() });
    waiting.settle(fresh);
    // Many tunnels come back with one link: their questions come one after the other.
    if (life.attempt === 0) void check(fresh);
    else timer = clock.after(Math.round(parts.random() * staggerMs), () => void check(fresh));
  }

  function lose(error: AppError) {
    link = undefined;
    far = undefined;
    timer?.();
    if (over.signal.aborted) return;
    const at = clock.now();
    const delayMs = backoffMs(nextAttempt(life, at), parts.random);
    tell({ kind: 'lost', at, error, delayMs });
    if (life.state.kind === 'reconnecting') timer = clock.after(delayMs, () => void tryNow());
    else waiting.settle(undefined);
  }

  /** Looks whether the far service is there, and spends none of its places for that; looks again later where it is not. */
  async function check(of: Link) {
    if (direction === 'remote') {
      await listenFar(of);
      return;
    }
    if (direction === 'dynamic') {
      // Where it leads is for each client to say.
      tell({ kind: 'unasked', at: clock.now(), isSeen: false });
      return;
    }
    const seen = await parts.tables.look(key, targetHost, targetPort, over.signal);
    if (over.signal.aborted || link !== of) return;
    if (seen.kind !== 'absent') {
      tell({ kind: 'unasked', at: clock.now(), isSeen: seen.kind === 'listens' });
      return;
    }
    notReached({ code: 'target_refused', params: { host: targetHost, port: targetPort } });
  }

  /** Its machine says, or a client heard, that nothing answers there: looked at again until it does. */
  function notReached(error: AppError) {
    const of = link;
    tell({ kind: 'unanswered', at: clock.now(), error });
    timer?.();
    // What the server does not allow, its machine's tables cannot tell.
    if (of !== undefined && error.code !== 'target_prohibited')
      timer = clock.after(reverifyMs, () => void check(of));
  }

  async function listenFar(of: Link) {
    if (far !== undefined) return;
    const listening = await of.listenFar(
      bind,
      options.localPort ?? 0,
      (channel) => void clients.serveFar(channel, of),
    );
    if (over.signal.aborted || link !== of) {
      if (listening.ok) listening.value.close();
      return;
    }
    if (listening.ok) {
      far = listening.value;
      tell({ kind: 'unasked', at: clock.now(), isSeen: true });
      return;
    }
    tell({ kind: 'unanswered', at: clock.now(), error: listening.error });
    timer?.();
    timer = clock.after(reverifyMs, () => void check(of));
  }

  tell({ kind: 'opened', at: clock.now() });
  const forget = ssh.follow(key, {
    trying: (phase, until) => tell({ kind: 'waiting', wait: { phase, since: clock.now(), until } }),
    linked: adopt,
    reachable: () => {
      if (life.state.kind === 'reconnecting') void tryNow();
    },
  });
  if (link === undefined) void tryNow();

  return ok({
    view: () => ({
      state: life.state,
      local,
      speaks,
      command: link === undefined ? undefined : tunnelCommand(link.endpoint, options, local?.port),
      traffic: { ...figures.traffic(), open: clients.count() },
      figures: figures.view(link),
      survival: survivalOf(),
    }),
    transport: () =>
      link?.isAlive() === true ? { linkMs: link.roundTripMs(), channelMs: clients.channelMs() } : undefined,
    look: (signal) => parts.tables.look(key, targetHost, targetPort, signal),
    retry: () => {
      if (life.state.kind === 'reconnecting' || life.state.kind === 'failed') void tryNow();
      else if (life.state.kind === 'unanswered' && link !== undefined) void check(link);
    },
    async close() {
      over.abort();
      forget();
      timer?.();
      trafficTimer?.();
      waiting.settle(undefined);
      far?.close();
      const done = listener?.close();
      clients.resetAll();
      life = nextTunnelLife(life, { kind: 'closed' });
      await done;
    },
  });
}
