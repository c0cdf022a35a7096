import type { SavedConnection } from '../../../shared/model/connection.ts';
import { type KeepingSecretStore, Secret } from '../base/secret.ts';

type Login = Pick<SavedConnection, 'id' | 'user' | 'host' | 'port'>;

export type SecretPlace =
  | { readonly kind: 'password'; readonly place: Login }
  | { readonly kind: 'passphrase'; readonly file: string };

/** Secrets of connections, each bound to the place that it was given for: it is of no use for another one. */
export interface ConnectionSecrets {
  read(what: SecretPlace): Promise<Secret | undefined>;
  /** `keep`: in the keychain; else for as long as the application runs, over restarts of the engine. */
  give(what: SecretPlace, text: string, keep: boolean): Promise<void>;
  /** Gives the way back. */
  forget(what: SecretPlace): Promise<() => Promise<void>>;
}

/** Names a secret by its whole place, so that one that was given for another host or user is never found. */
const nameOf = (what: SecretPlace): string =>
  what.kind === 'passphrase'
    ? `passphrase ${what.file}`
    : `connection ${what.place.id} ${what.place.user}@${what.place.host}:${what.place.port}`;

export function createConnectionSecrets(store: KeepingSecretStore): ConnectionSecrets {
  const write = (name: string, secret: Secret, keep: boolean) =>
    keep ? store.write(name, secret) : store.write(name, secret, 'session');
  return {
    read: (what) => store.read(nameOf(what)),
    give: (what, text, keep) => write(nameOf(what), new Secret(text), keep),
    async forget(what) {
      const name = nameOf(what);
      const [secret, wasKept] = await Promise.all([store.read(name), store.isKept(name)]);
      await store.forget(name);
      return async () => {
        if (secret !== undefined) await write(name, secret, wasKept);
      };
    },
  };
}
