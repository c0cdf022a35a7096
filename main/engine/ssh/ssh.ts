import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Log, Random, Stop } from '../base/effects.ts';
import { type Connected, connectSsh } from './connect.ts';
import { dialOn } from './dial.ts';
import { execOn } from './exec.ts';
import { type LiveLink, liveLink } from './live-link.ts';
import { lookAt, type Way, watchPath } from './path-watch.ts';
import { ping } from './ping.ts';
import { createWindowBudget, openWindow } from './receive-window.ts';
import { isPathFailure } from './ssh-failure.ts';
import { StreamSocket } from './stream-socket.ts';
import type { HostKeys, LinkFollower, SeenHostKey, Ssh, SshEndpoint, SshSource } from './types.ts';

interface SshOptions extends SshSource {
  readonly hostKeys: HostKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** How long a server may be silent in each part of connecting, in ms; what is usual where absent. */
  readonly readyMs?: number;
}

/** A link that was nudged answers within this time, or it is dead. */
const nudgeMs = 4_500;
/** After the greeting of a fresh connection the answer of an old one is overdue: it had less far to go. */
const graceMs = 400;

/** One attempt that all who want the link wait for. */
interface Opening {
  /** How many wait for it. */
  waiting: number;
  readonly life: AbortController;
  done: Promise<Result<LiveLink>>;
  /** Gives up what hangs and tries anew. */
  again: () => void;
}

export function createSsh(options: SshOptions): Ssh {
  const { log } = options;
  const links = new Map<string, LiveLink>();
  const opening = new Map<string, Opening>();
  const seen = new Map<string, SeenHostKey>();
  const followers = new Map<string, Set<LinkFollower>>();
  const watches = new Map<string, Stop>();
  const windows = createWindowBudget();
  /** Where each was last asked for. */
  const endpoints = new Map<string, SshEndpoint>();
  let stopped = false;

  async function open(key: string, turn: Opening): Promise<Result<LiveLink>> {
    for (;;) {
      const endpoint = await options.endpoint(key, turn.life.signal);
      if (!endpoint.ok) return endpoint;
      endpoints.set(key, endpoint.value);
      const { via } = endpoint.value;
      const through =
        via === undefined ? undefined : await throughJump(via, endpoint.value, turn.life.signal);
      if (through?.ok === false) return through;
      const attempt = new AbortController();
      turn.again = () => attempt.abort();
      const connected = await connectSsh({
        endpoint: endpoint.value,
        hostKeys: options.hostKeys,
        clock: options.clock,
        signal: AbortSignal.any([turn.life.signal, attempt.signal]),
        readyMs: options.readyMs,
        onKey: (shown) => seen.set(key, shown),
        onPhase(phase, silentMs) {
          const until = options.clock.now() + silentMs;
          for (const follower of [...(followers.get(key) ?? [])]) follower.trying(phase, until);
        },
        ...(through === undefined ? {} : { through: through.value }),
      });
      turn.again = () => {};
      if (connected.ok) return ok(adopt(key, connected.value, endpoint.value));
      // The path came back while this attempt hung in it.
      if (attempt.signal.aborted && !turn.life.signal.aborted) continue;
      log('info', 'ssh.refused', { key, code: connected.error.code });
      if (isPathFailure(connected.error)) watch(key, endpoint.value);
      return connected;
    }
  }

  /** A way through another connection. That the host behind it cannot be reached is said as of any other host. */
  async function throughJump(via: string, { host, port }: SshEndpoint, signal: AbortSignal) {
    const link = await shared(via, signal);
    if (!link.ok) return link;
    const channel = await dialOn(link.value.client, host, port, signal, options.clock);
    if (channel.ok) {
      // What comes through it is taken at once: the links inside have windows of their own.
      const window = openWindow(channel.value, link.value);
      channel.value.on('data', (chunk: Buffer) => window.consumed(chunk.length));
      const socket = new StreamSocket(channel.value);
      socket.once('close', () => window.close());
      // A channel does not always say that the connection below it is gone.
      const unhook = link.value.onLost(() => socket.destroy());
      socket.once('close', unhook);
      return ok(socket);
    }
    if (!channel.error.code.startsWith('target_')) return channel;
    const { code, detail } = channel.error;
    return fail(code === 'target_timeout' ? 'ssh_timeout' : 'ssh_unreachable', {
      params: { host, port },
      detail,
    });
  }

  function adopt(key: string, connected: Connected, endpoint: SshEndpoint): LiveLink {
    const link = liveLink(connected, endpoint, windows, options.clock);
    links.set(key, link);
    unwatch(key);
    link.onLost(() => {
      if (links.get(key) !== link) return;
      links.delete(key);
      log('info', 'ssh.closed', { key });
      watch(key, endpoint);
    });
    options.onLink?.(key, link);
    for (const follower of [...(followers.get(key) ?? [])]) follower.linked(link);
    return link;
  }

  /** While somebody waits for a lost link, its path is looked at, so that its return is noticed at once. */
  function watch(key: string, endpoint: SshEndpoint) {
    if (stopped || watches.has(key) || followers.get(key) === undefined) return;
    watches.set(key, watchPath({ ...options, way: wayTo(endpoint), onBack: () => reachable(key) }));
  }

  /** How the greeting of a server is reached now: behind a jump host that is away, the jump host's own. */
  function wayTo({ host, port, via }: SshEndpoint): Way {
    if (via === undefined) return { host, port };
    return {
      next: () => {
        const jump = links.get(via);
        const before = endpoints.get(via);
        if (jump !== undefined)
          return { dial: (signal) => dialOn(jump.client, host, port, signal, options.clock) };
        return before === undefined ? undefined : wayTo(before);
      },
    };
  }
  function unwatch(key: string) {
    watches.get(key)?.();
    watches.delete(key);
  }
  function reachable(key: string) {
    const turn = opening.get(key);
    if (turn !== undefined) turn.again();
    else for (const follower of [...(followers.get(key) ?? [])]) follower.reachable();
  }

  /**
   * Asks for any answer, and looks at the server anew at the same time: one that greets a stranger while the old
   * connection stays silent shows that the path is back and the connection is not. Without either the link has its time.
   */
  function checkAlive(key: string, { client, endpoint }: LiveLink) {
    let stopGrace: Stop = () => {};
    const drop = () => {
      end();
      client.destroy();
      reachable(key);
    };
    const stopLook = lookAt(wayTo(endpoint), options.clock, (state) => {
      if (state === 'answers') stopGrace = options.clock.after(graceMs, drop);
    });
    const giveUp = options.clock.after(nudgeMs, drop);
    const end = () => {
      giveUp();
      stopLook();
      stopGrace();
    };
    if (!ping(client, end)) drop();
  }

  /** One connection for each key, however many ask for it at the same time. */
  async function shared(key: string, signal: AbortSignal): Promise<Result<LiveLink>> {
    if (stopped || signal.aborted) return fail('cancelled');
    const standing = links.get(key);
    if (standing !== undefined) return ok(standing);
    let turn = opening.get(key);
    if (turn === undefined) {
      // Not the caller's signal: others may wait for the same connection.
      const fresh: Opening = {
        waiting: 0,
        life: new AbortController(),
        again: () => {},
        done: Promise.resolve(fail('cancelled')),
      };
      fresh.done = open(key, fresh).finally(() => {
        if (opening.get(key) === fresh) opening.delete(key);
      });
      void fresh.done.then((opened) => {
        if (!opened.ok) options.onRefused?.(key, opened.error);
      });
      turn = fresh;
      opening.set(key, fresh);
    }
    turn.waiting += 1;
    const opened = await unlessCancelled(turn.done, signal);
    turn.waiting -= 1;
    // Nobody wants it any more: a server that lets us hang is left at once.
    if (signal.aborted && turn.waiting === 0) {
      turn.life.abort();
      if (opening.get(key) === turn) opening.delete(key);
    }
    return opened;
  }

  const drop = (key: string) => {
    opening.get(key)?.life.abort();
    opening.delete(key);
    const link = links.get(key);
    // At once: who asks next gets a new one, and not this one until it has closed.
    links.delete(key);
    link?.client.destroy();
  };

  return {
    async exec(key, command, how) {
      const link = await shared(key, how.signal);
      return link.ok ? execOn(link.value.client, command, how, options.clock) : link;
    },
    async dial(key, host, port, signal) {
      const link = await shared(key, signal);
      if (!link.ok) return link;
      const started = options.clock.ticks();
      const channel = await dialOn(link.value.client, host, port, signal, options.clock);
      if (!channel.ok) return channel;
      link.value.adopt(channel.value);
      link.value.noteRoundTrip(options.clock.ticks() - started);
      return channel;
    },
    link: shared,
    isLinked: (key) => links.has(key),
    follow(key, follower) {
      const all = followers.get(key) ?? new Set();
      all.add(follower);
      followers.set(key, all);
      const standing = links.get(key);
      if (standing !== undefined) follower.linked(standing);
      return () => {
        all.delete(follower);
        if (all.size > 0 || followers.get(key) !== all) return;
        followers.delete(key);
        unwatch(key);
      };
    },
    fingerprint: (key) => seen.get(key),
    drop,
    nudge() {
      for (const [key, link] of links) checkAlive(key, link);
      for (const key of watches.keys()) reachable(key);
    },
    async stop() {
      stopped = true;
      for (const key of [...watches.keys()]) unwatch(key);
      const closing = [...links.values()].map(
        (link) => new Promise<void>((resolve) => link.onLost(() => resolve())),
      );
      for (const key of [...opening.keys(), ...links.keys()]) drop(key);
      await Promise.all(closing);
    },
  };
}

/** Waits no longer than the signal allows; what is waited for goes on for others. */
function unlessCancelled<T>(work: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(fail('cancelled'));
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
