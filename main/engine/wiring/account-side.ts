import { homedir } from 'node:os';
import { join } from 'node:path';
import { isLoopbackHost } from '../../../shared/loopback.ts';
import type { Container } from '../../../shared/model/container.ts';
import { createSession, type SessionControl, withoutContainers } from '../account/index.ts';
import type { PutBack } from '../base/bin.ts';
import { isOffline } from '../base/offline.ts';
import type { Ground } from './ground.ts';
import { openLocalPlatform } from './local-seat.ts';

export interface AccountSide {
  readonly session: SessionControl;
  /** The authority that signed the local platform's edge; absent for every other platform. */
  edgeCa(): string | undefined;
  /** Nothing outside can be reached, and this account is outside. */
  isAway(): boolean;
}

/** Who is signed in, and where. */
export function createAccountSide(
  { options, memory, published }: Ground,
  use: {
    readonly containers: () => readonly Container[];
    onOpen(): void;
    onRenewed(): void;
    /** Nothing of these containers is kept. */
    onForget(containers: ReadonlySet<string>): Promise<PutBack>;
    /** Everything that belongs to the account is let go, before another one opens. */
    onClose(): Promise<void>;
  },
): AccountSide {
  let edgeCa: string | undefined;

  const session = createSession({
    memory,
    secrets: options.secrets,
    clock: options.clock,
    log: options.log,
    fetch: options.fetch,
    openLocal: async () => {
      const opened = await openLocalPlatform(options);
      edgeCa = opened.ok ? opened.value.edge.ca : undefined;
      return opened;
    },
    bayesFile: options.bayesFile ?? join(homedir(), '.openbayes', 'config.yaml'),
    publish(session, accounts) {
      published.set('session', session);
      published.replace('accounts', accounts);
    },
    onOpen: () => use.onOpen(),
    onRenewed: () => use.onRenewed(),
    async forgetContainers() {
      const gone = new Set(use.containers().map(({ id }) => id));
      const putBack = await use.onForget(gone);
      memory.update(withoutContainers(memory.read(), gone));
      return putBack;
    },
    async onClose() {
      edgeCa = undefined;
      await use.onClose();
    },
  });

  return {
    session,
    edgeCa: () => edgeCa,
    isAway() {
      const account = session.account();
      // The local platform needs no network.
      if (account === undefined || isLoopbackHost(new URL(account.instance.origin).hostname)) return false;
      return (options.offline ?? isOffline)();
    },
  };
}
