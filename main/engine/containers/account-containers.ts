import { join } from 'node:path';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { Reach } from '../../../shared/model/session.ts';
import { own } from '../../../shared/own.ts';
import type { SessionControl } from '../account/index.ts';
import type { Clock, Log, Random } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { PublishedState } from '../base/published-state.ts';
import type { SigningKey } from '../ssh/index.ts';
import { createContainers } from './containers.ts';
import { createLastKnown } from './last-known.ts';
import type { Containers } from './types.ts';

/** What was just heard of the containers. */
export interface HeardContainers {
  readonly containers: readonly Container[];
  readonly reach: Reach;
  /** Not only the platform's word that all is as before. */
  readonly isNews: boolean;
}

/** The containers of the account that is open, and what a person noted about their mappings. */
export function createAccountContainers(options: {
  readonly memory: EngineMemory;
  readonly published: Pick<PublishedState, 'replace'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** The engine's own folder: what was last known is kept there. */
  readonly folder: string;
  readonly session: Pick<SessionControl, 'client' | 'account' | 'facts' | 'noteError'>;
  readonly isAway: () => boolean;
  /** Beside the password, for signing in. */
  readonly loginKey: () => Promise<SigningKey | undefined>;
  readonly onHeard: (heard: HeardContainers) => void;
  /** A person changed what is pending or noted. */
  readonly onEdited: () => void;
}): Containers {
  const { memory, session, clock, random, log } = options;

  /** Lists by container that outlive the engine. */
  const kept = (key: 'pendingMappings' | 'notedMappings') => ({
    read: (id: string) => own(memory.read()[key], id),
    write(id: string, mappings: readonly Mapping[] | undefined) {
      const { [id]: _old, ...rest } = memory.read()[key];
      memory.update({ [key]: mappings === undefined ? rest : { ...rest, [id]: [...mappings] } });
      options.onEdited();
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
    offline: options.isAway,
    loginKey: options.loginKey,
    publish: (containers) => options.published.replace('containers', containers),
    heard: (containers, reach, isNews) => options.onHeard({ containers, reach, isNews }),
  });
}
