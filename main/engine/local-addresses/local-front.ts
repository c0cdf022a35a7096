import type { Clock, Log, Stop } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { BundledProxy } from '../proxy/index.ts';
import type { LocalAddresses } from './local-addresses.ts';

/** Opens the proxy at its port, and says where it is. */
export interface LocalFront {
  start(): Promise<void>;
  /** What is said of the proxy has changed. */
  publish(): void;
  stop(): Promise<void>;
}

/** Where the proxy listens unless somebody else does already. */
const usualPort = 7700;
/** A port may be had again at any time, and asking for one costs nothing. In ms; the window's words name it. */
const tryAgainMs = 10_000;

export function createLocalFront(options: {
  readonly memory: EngineMemory;
  readonly published: Pick<PublishedState, 'set'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly proxy: BundledProxy;
  readonly local: LocalAddresses;
  /** It listens: every local address has its port. */
  readonly onListening: () => void;
}): LocalFront {
  const { memory, published, clock, log, proxy, local } = options;
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
    options.onListening();
  }

  return {
    publish,
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
