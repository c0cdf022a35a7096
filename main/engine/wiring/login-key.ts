import { hostname } from 'node:os';
import type { SessionControl } from '../account/index.ts';
import { createLoginKeys, type LoginKeys } from '../account/index.ts';
import type { Ground } from './ground.ts';

/** The key of this computer for the account that is open. */
export function createLoginKey({ options, memory, published }: Ground, session: SessionControl): LoginKeys {
  return createLoginKeys({
    secrets: options.secrets,
    client: () => session.client(),
    accountId: () => session.account()?.id,
    name: `gearway-${hostname()
      .replace(/[^\w.-]/g, '-')
      .slice(0, 60)}`,
    given: {
      has: (id, fingerprint) => memory.read().loginKeys[id] === fingerprint,
      add: (id, fingerprint) =>
        memory.update({ loginKeys: { ...memory.read().loginKeys, [id]: fingerprint } }),
    },
    publish: (key) => published.set('loginKey', key),
  });
}
