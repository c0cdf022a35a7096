/// <reference path="../base/python.d.ts" />
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { anyShell, quote } from '../../../shared/quoting/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { pause } from '../base/pause.ts';
import { within } from '../base/within.ts';
import {
  type Link,
  openWindow,
  resetSocket,
  type Ssh,
  type Survival,
  type SurvivingClient,
} from '../ssh/index.ts';
import { joinSurviving, type Wire } from './connection.ts';
import program from './helper.py?raw';

/** Nobody waits longer for a link that is away. */
export const usualSurvivalMs = 10 * 60_000;
/** The first client of a run waits no longer for a link. */
const firstLinkMs = 20_000;
/** A login shell may take a minute over its rc files, and the helper with it. */
const startMs = 90_000;
/**
 * No client waits longer for a helper that starts. It goes the plain way, and so do those after it, at once, until the
 * helper is there.
 */
export const usualPatienceMs = 3_000;
/** A container without Python is not asked again for each client. */
const plainMs = 60_000;
/** A link that broke while it was asked for something is gone by then. */
const againMs = 100;

/** Reads its order and the helper from its input: neither stands in a list of processes or in a file. */
const boot = `import sys;i=sys.stdin.buffer;o=i.readline();exec(compile(i.read(),"gearway","exec"),{"__name__":"__main__","ORDER":o})`;
const startCommand = anyShell(
  `PATH=$PATH:$(cat /proc/1/environ 2>/dev/null | tr "\\0" "\\n" | sed -n "s/^PATH=//p"):/usr/local/bin:/opt/conda/bin
if command -v python3 >/dev/null 2>&1; then exec python3 -I -c ${quote(boot)}; fi
echo gearway:none
`,
);

/** The command did not fail, the link did: over the next one it is tried again. */
const brokenLink: ReadonlySet<string> = new Set(['ssh_lost', 'cancelled']);

interface Starting {
  readonly made: Promise<Result<Helper | undefined>>;
  /** When it began, in ms of the clock that never jumps. */
  readonly at: number;
}

interface Helper {
  readonly path: string;
  readonly secret: string;
}

/**
 * Connections that outlive the link beneath them: a helper in the container holds their far side. One helper for each
 * container and run, started with its first client; where there is none, a client goes the plain way.
 */
export function createSurvival(options: {
  readonly ssh: Pick<Ssh, 'exec' | 'dial' | 'link' | 'follow' | 'isLinked'>;
  readonly clock: Clock;
  /** How long a connection waits for a link, in ms. */
  readonly forMs?: number;
  /** How long a client waits for a helper that starts, in ms. */
  readonly patienceMs?: number;
}): Survival {
  const { ssh, clock, forMs = usualSurvivalMs, patienceMs = usualPatienceMs } = options;
  const helpers = new Map<string, Starting>();

  async function start(key: string): Promise<Result<Helper | undefined>> {
    const secret = randomBytes(32).toString('base64url');
    const input = `${JSON.stringify({ secret, seconds: Math.ceil(forMs / 1_000) })}\n${program}`;
    const how = { signal: AbortSignal.timeout(startMs), timeoutMs: startMs, maxBytes: 10_000, input };
    const started = await ssh.exec(key, startCommand, how);
    if (!started.ok) return started;
    const path = /^gearway:survive (\/\S+)$/m.exec(started.value.stdout)?.[1];
    return ok(path === undefined ? undefined : { path, secret });
  }

  /** Started once for all clients of a run; a container that has none, or does not say so, is asked again later. */
  function helperOf(key: string, runId: string): Promise<Result<Helper | undefined> | undefined> {
    const id = `${key}\0${runId}`;
    let helper = helpers.get(id);
    if (helper === undefined) {
      const made = start(key);
      helper = { made, at: clock.ticks() };
      helpers.set(id, helper);
      void made.then((found) => {
        if (!found.ok && brokenLink.has(found.error.code)) helpers.delete(id);
        else if (!found.ok || found.value === undefined) clock.after(plainMs, () => helpers.delete(id));
      });
    }
    return within(Math.max(0, patienceMs - (clock.ticks() - helper.at)), helper.made, clock);
  }

  /** A link, as soon as one stands; `undefined` where nobody waits any more. */
  function nextLink(key: string, signal: AbortSignal) {
    return new Promise<Awaited<ReturnType<Ssh['link']>>>((resolve) => {
      let unfollow = () => {};
      const settle = (result: Awaited<ReturnType<Ssh['link']>>) => {
        unfollow();
        signal.removeEventListener('abort', abort);
        resolve(result);
      };
      const abort = () => settle(fail('cancelled'));
      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      let isSettled = false;
      const stop = ssh.follow(key, {
        linked: (link) => {
          isSettled = true;
          settle(ok(link));
        },
        reachable: () => {},
        trying: () => {},
      });
      // The link that stands is told of at once.
      if (isSettled) stop();
      else unfollow = stop;
    });
  }

  return {
    async serve(client: SurvivingClient) {
      const { key, socket } = client;
      let runId: string | undefined;
      let helper: Helper | undefined;
      let isPlain = false;
      let isRenewed = false;

      /** One try over the link that stands: `undefined` where it broke meanwhile. */
      async function tryOn(link: Link, signal: AbortSignal): Promise<Result<Wire> | undefined> {
        // Another run is another container: what was held is gone with the one before.
        if (runId !== undefined && link.endpoint.runId !== runId)
          return fail('target_refused', { params: client.target });
        const isFirst = helper === undefined;
        if (helper === undefined) {
          const found = await helperOf(key, link.endpoint.runId);
          if (found?.ok === false && brokenLink.has(found.error.code)) return undefined;
          isPlain = found?.ok !== true || found.value === undefined;
          if (found?.ok !== true || found.value === undefined) return fail('target_prohibited');
          helper = found.value;
        }
        const channel = await ssh.dial(key, helper.path, 0, signal);
        if (channel.ok) {
          runId = link.endpoint.runId;
          return ok(wireOf(channel.value, link));
        }
        if (!channel.error.code.startsWith('target_')) return undefined;
        if (!isFirst || isRenewed) {
          isPlain = isFirst;
          return channel;
        }
        // The server forbids it, or the helper had nothing to do and ended: then another one is started.
        isRenewed = true;
        helpers.delete(`${key}\0${link.endpoint.runId}`);
        helper = undefined;
        return tryOn(link, signal);
      }

      async function next(): Promise<Result<Wire>> {
        const limit = new AbortController();
        // The first time the helper has to be started too.
        const stopLimit = clock.after(runId === undefined ? firstLinkMs : forMs, () => limit.abort());
        const signal = AbortSignal.any([limit.signal, client.signal]);
        try {
          for (;;) {
            const link = await nextLink(key, signal);
            if (!link.ok) return link;
            const wire = await tryOn(link.value, signal);
            if (wire !== undefined) return wire;
            if (!(await pause(againMs, clock, signal))) return fail('cancelled');
          }
        } finally {
          stopLimit();
        }
      }

      const joined = await joinSurviving({
        ...{ socket, next, target: client.target },
        secret: () => helper?.secret ?? '',
        onSent: client.onSent,
        onReceived: client.onReceived,
        onEnd: (how) => (how === 'reset' ? resetSocket(socket, clock) : socket.destroySoon()),
      });
      if (joined.ok) return 'served';
      return isPlain ? 'plain' : joined.error;
    },
  };
}

/** A channel with the window that grows as its reader keeps up, and closed at once when its link is lost. */
function wireOf(channel: Duplex, link: Link): Wire {
  const window = openWindow(channel, link);
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    unhook();
    window.close();
    channel.destroy();
  };
  const unhook = link.onLost(close);
  return {
    channel,
    consumed: (bytes) => window.consumed(bytes),
    stalled: () => window.stalled(),
    close,
  };
}
