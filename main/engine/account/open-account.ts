import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import { own } from '../../../shared/own.ts';
import type { PutBack } from '../base/bin.ts';
import type { Clock, Log } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import { isOffline } from '../base/offline.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { SecretStore } from '../base/secret.ts';
import { withoutContainers } from './containers-in-memory.ts';
import { openLocalPlatform } from './local-seat.ts';
import { createLoginKeys, type LoginKeys } from './login-key.ts';
import { createSession } from './session.ts';
import type { SessionControl } from './types.ts';

/** Who is signed in, and where. */
export interface AccountControl {
  readonly session: SessionControl;
  /** The key of this computer for the account that is open. */
  readonly loginKeys: LoginKeys;
  /** The authority that signed the local platform's edge; absent for every other platform. */
  edgeCa(): string | undefined;
  /** Nothing outside can be reached, and this account is outside. */
  isAway(): boolean;
}

export interface AccountDependencies {
  readonly memory: EngineMemory;
  readonly secrets: SecretStore;
  readonly published: Pick<PublishedState, 'set' | 'replace' | 'read'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  /** The engine's own folder: the local platform keeps its state there. */
  readonly folder: string;
  readonly bayesFile?: string;
  readonly offline?: () => boolean;
  /** An account is open, and nothing was asked about it yet. */
  readonly onOpen: () => void;
  readonly onRenewed: () => void;
  /** Nothing of these containers is kept; each answer puts back what was let go. */
  readonly onForget: (containers: ReadonlySet<string>) => readonly Promise<PutBack>[];
  /** Everything that belongs to the account is let go, before another one opens. */
  readonly onClose: () => readonly Promise<void>[];
}

export function createAccount(options: AccountDependencies): AccountControl {
  const { memory, published, secrets, clock, log } = options;
  let edgeCa: string | undefined;

  const session = createSession({
    memory,
    secrets,
    clock,
    log,
    fetch: options.fetch,
    openLocal: async () => {
      const opened = await openLocalPlatform({ folder: options.folder, clock, log });
      edgeCa = opened.ok ? opened.value.edge.ca : undefined;
      return opened;
    },
    bayesFile: options.bayesFile ?? join(homedir(), '.openbayes', 'config.yaml'),
    publish(shown, accounts) {
      published.set('session', shown);
      published.replace('accounts', accounts);
    },
    onOpen: options.onOpen,
    onRenewed: options.onRenewed,
    async forgetContainers() {
      const gone = new Set(Object.keys(published.read().containers));
      const back = await Promise.all(options.onForget(gone));
      memory.update(withoutContainers(memory.read(), gone));
      return async () => {
        for (const putBack of back) {
          const done = await putBack();
          if (!done.ok) return done;
        }
        return { ok: true, value: null };
      };
    },
    async onClose() {
      edgeCa = undefined;
      await Promise.all(options.onClose());
    },
  });

  const loginKeys = createLoginKeys({
    secrets,
    client: () => session.client(),
    accountId: () => session.account()?.id,
    name: `gearway-${hostname()
      .replace(/[^\w.-]/g, '-')
      .slice(0, 60)}`,
    given: {
      has: (id, fingerprint) => own(memory.read().loginKeys, id) === fingerprint,
      add: (id, fingerprint) =>
        memory.update({ loginKeys: { ...memory.read().loginKeys, [id]: fingerprint } }),
    },
    publish: (key) => published.set('loginKey', key),
  });

  return {
    session,
    loginKeys,
    edgeCa: () => edgeCa,
    isAway() {
      const account = session.account();
      // The local platform needs no network.
      if (account === undefined || isLoopbackHost(new URL(account.instance.origin).hostname)) return false;
      return (options.offline ?? isOffline)();
    },
  };
}
