import { join } from 'node:path';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { SessionControl } from '../account/index.ts';
import { type Containers, createContainers, createLastKnown } from '../containers/index.ts';
import type { SigningKey } from '../ssh/index.ts';
import type { Ground } from './ground.ts';

/** The containers of the account that is open, and what a person noted about their mappings. */
export function createContainerList(
  { options, memory, published, dirty, dirtyLater }: Ground,
  use: {
    readonly session: SessionControl;
    isAway(): boolean;
    /** Beside the password, for signing in. */
    loginKey(): Promise<SigningKey | undefined>;
    onList(list: readonly Container[]): void;
  },
): Containers {
  const { clock, random, log } = options;
  const { session } = use;

  /** Lists by container that outlive the engine. */
  const kept = (key: 'pendingMappings' | 'notedMappings') => ({
    read: (id: string) => memory.read()[key][id],
    write(id: string, mappings: readonly Mapping[] | undefined) {
      const { [id]: _old, ...rest } = memory.read()[key];
      memory.update({ [key]: mappings === undefined ? rest : { ...rest, [id]: [...mappings] } });
      dirty();
    },
  });

  return createContainers({
    client: () => session.client(),
    clock,
    random,
    log,
    pending: kept('pendingMappings'),
    notes: kept('notedMappings'),
    facts: () => session.facts() ?? { owner: '' },
    refused: (error) => session.noteError(error),
    lastKnown: createLastKnown({
      folder: join(options.folder, 'last-known'),
      key() {
        const account = session.account();
        return account === undefined ? undefined : `${account.id} ${account.party?.id ?? ''}`;
      },
      clock,
      log,
    }),
    offline: () => use.isAway(),
    loginKey: () => use.loginKey(),
    publish(list, reach, isNews) {
      published.replace('containers', list);
      session.noteReach(reach);
      use.onList(list);
      if (isNews) dirty();
      else dirtyLater();
    },
  });
}
