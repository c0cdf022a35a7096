import type { Client } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock, Log } from '../effects.ts';
import { connectSsh } from './connect.ts';
import { dialOn } from './dial.ts';
import { execOn } from './exec.ts';
import { createWindowBudget, type WindowBudget } from './receive-window.ts';
import type { HostKeys, Link, SeenHostKey, Ssh, SshEndpoint } from './types.ts';

export interface SshOptions {
  /** Asked before every connection: ports and passwords change with each run. */
  readonly endpoint: (key: string, signal: AbortSignal) => Promise<Result<SshEndpoint>>;
  readonly hostKeys: HostKeys;
  readonly clock: Clock;
  readonly log: Log;
}

/** A link that was nudged answers within this time, or it is dead. */
const nudgeMs = 4_500;

interface LiveLink extends Link {
  readonly client: Client;
}

export function createSsh(options: SshOptions): Ssh {
  const { log } = options;
  const links = new Map<string, LiveLink>();
  const opening = new Map<
    string,
    { readonly done: Promise<Result<LiveLink>>; readonly life: AbortController }
  >();
  const seen = new Map<string, SeenHostKey>();
  const listeners = new Map<string, Set<(link: Link) => void>>();
  const windows = createWindowBudget();
  let stopped = false;

  async function open(key: string, signal: AbortSignal): Promise<Result<LiveLink>> {
    const endpoint = await options.endpoint(key, signal);
    if (!endpoint.ok) return endpoint;
    const connected = await connectSsh({
      endpoint: endpoint.value,
      hostKeys: options.hostKeys,
      clock: options.clock,
      signal,
      onKey: (shown) => seen.set(key, shown),
    });
    if (!connected.ok) {
      log('info', 'ssh.refused', { key, code: connected.error.code });
      return connected;
    }
    const link = liveLink(connected.value, endpoint.value, windows);
    links.set(key, link);
    link.onLost(() => {
      if (links.get(key) === link) links.delete(key);
      log('info', 'ssh.closed', { key });
    });
    for (const listener of [...(listeners.get(key) ?? [])]) listener(link);
    return ok(link);
  }

  /** One connection for each key, however many ask for it at the same time. */
  async function shared(key: string, signal: AbortSignal): Promise<Result<LiveLink>> {
    if (stopped || signal.aborted) return fail('cancelled');
    const standing = links.get(key);
    if (standing !== undefined) return ok(standing);
    let turn = opening.get(key);
    if (turn === undefined) {
      // Not the caller's signal: others may wait for the same connection.
      const life = new AbortController();
      const done = open(key, life.signal).finally(() => {
        if (opening.get(key)?.life === life) opening.delete(key);
      });
      turn = { done, life };
      opening.set(key, turn);
    }
    return unlessCancelled(turn.done, signal);
  }

  const drop = (key: string) => {
    opening.get(key)?.life.abort();
    opening.delete(key);
    links.get(key)?.client.destroy();
  };

  return {
    async exec(key, command, how) {
      const link = await shared(key, how.signal);
      return link.ok ? execOn(link.value.client, command, how) : link;
    },
    async dial(key, host, port, signal) {
      const link = await shared(key, signal);
      if (!link.ok) return link;
      const started = performance.now();
      const channel = await dialOn(link.value.client, host, port, signal);
      if (channel.ok) link.value.noteRoundTrip(performance.now() - started);
      return channel;
    },
    link: shared,
    isLinked: (key) => links.has(key),
    onLink(key, listener) {
      const all = listeners.get(key) ?? new Set();
      all.add(listener);
      listeners.set(key, all);
      return () => all.delete(listener);
    },
    fingerprint: (key) => seen.get(key),
    drop,
    nudge() {
      for (const link of links.values()) void checkAlive(link);
    },
    async stop() {
      stopped = true;
      const closing = [...links.values()].map((link) => new Promise<void>((resolve) => link.onLost(resolve)));
      for (const key of [...opening.keys(), ...links.keys()]) drop(key);
      await Promise.all(closing);
    },
  };
}

function liveLink(client: Client, endpoint: SshEndpoint, windows: WindowBudget): LiveLink {
  let alive = true;
  let shortest: number | undefined;
  const lost = new Set<() => void>();
  client.once('close', () => {
    alive = false;
    for (const listener of [...lost]) listener();
    lost.clear();
  });
  return {
    client,
    endpoint,
    windows,
    roundTripMs: () => shortest ?? 0,
    noteRoundTrip(ms) {
      shortest = Math.min(shortest ?? ms, ms);
    },
    isAlive: () => alive,
    onLost(listener) {
      if (alive) lost.add(listener);
      else listener();
      return () => lost.delete(listener);
    },
  };
}

/**
 * Asks for a channel that cannot be opened: port 0 is no port. Any answer shows that the far side lives; none in time
 * that it does not.
 */
async function checkAlive(link: LiveLink): Promise<void> {
  const life = new AbortController();
  const timer = setTimeout(() => life.abort(), nudgeMs);
  const answer = await dialOn(link.client, '127.0.0.1', 0, life.signal);
  clearTimeout(timer);
  if (answer.ok) answer.value.destroy();
  else if (answer.error.code === 'cancelled') link.client.destroy();
}

/** Waits no longer than the signal allows; what is waited for goes on for others. */
function unlessCancelled<T>(work: Promise<Result<T>>, signal: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(fail('cancelled'));
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
