import { ok } from '../../../shared/result.ts';
import type { Stop } from '../base/effects.ts';
import type { Health } from '../health/index.ts';
import { createLocalAddresses, createTrustStore, type LocalAddresses } from '../local-addresses/index.ts';
import { type BundledProxy, createProxy } from '../proxy/index.ts';
import type { Tunnels, WantedTunnels } from '../ssh/index.ts';
import type { Ground } from './ground.ts';

export interface LocalSide {
  readonly proxy: BundledProxy;
  readonly local: LocalAddresses;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the proxy listens unless somebody else does already. */
const usualPort = 7700;
/** A port may be had again at any time, and asking for one costs nothing. In ms; the window's words name it. */
const tryAgainMs = 10_000;

/** The stable addresses on this machine, and the proxy behind them. */
export function createLocalSide(
  { options, memory, published, dirty }: Ground,
  use: { readonly wanted: WantedTunnels; readonly tunnels: Tunnels; readonly health: Health },
): LocalSide {
  const { clock, log } = options;
  const proxy = createProxy({
    clock,
    log,
    onRoute: dirty,
    onRouteFailure: (id, route, error) => use.health.noteFailure(id, route, error),
    onRouteSilent: (id, route) => use.health.look(id, route),
    tunnelError(id) {
      const state = use.tunnels.get(id)?.state;
      return state !== undefined && 'error' in state ? state.error : undefined;
    },
    /** The person chose the tunnel, or nothing else works: a request at the local address opens it. */
    async openTunnel(id, signal) {
      const opened = await use.wanted.open(id, undefined, signal);
      return opened.ok ? ok(opened.value) : opened;
    },
    credential: (id) => local.credential(id),
    onOwnPort: dirty,
  });
  const local = createLocalAddresses({
    memory,
    secrets: options.secrets,
    proxy: () => proxy,
    trust: createTrustStore(),
    folder: options.folder,
    clock,
    log,
    onChange() {
      publish();
      dirty();
    },
  });

  let listening: { readonly port: number; readonly takenPort?: number } | undefined;
  function publish() {
    if (listening !== undefined)
      published.set('proxy', { kind: 'listening', ...listening, ...local.https() });
  }

  let tryAgain: Stop | undefined;
  let stopped = false;
  async function startProxy() {
    const kept = memory.read().proxyPort;
    const started = await proxy.start(kept ?? usualPort);
    if (stopped) return proxy.stop();
    if (!started.ok) {
      log('warn', 'proxy.notStarted', { code: started.error.code });
      published.set('proxy', { kind: 'failed', error: started.error });
      tryAgain = clock.after(tryAgainMs, () => void startProxy());
      return;
    }
    // A port taken for once (a second window, another program) is no reason to move the addresses for ever.
    const { port } = started.value;
    if (kept === undefined) memory.update({ proxyPort: port });
    listening = kept === undefined || kept === port ? { port } : { port, takenPort: kept };
    publish();
    dirty();
  }

  return {
    proxy,
    local,
    async start() {
      await Promise.all([startProxy(), local.start()]);
    },
    async stop() {
      stopped = true;
      tryAgain?.();
      await proxy.stop();
    },
  };
}
