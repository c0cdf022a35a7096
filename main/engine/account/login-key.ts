import type { LoginKey } from '../../../shared/model/login-key.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret, SecretStore } from '../base/secret.ts';
import type { PlatformClient } from '../platform/index.ts';
import { makeKey, publicLine, readKey, type SigningKey } from '../ssh/index.ts';

/** The key by which this computer signs in to an account's containers, in the place of the password of each run. */
export interface LoginKeys {
  /** Looks up whether the account that is open has one. */
  recall(): Promise<void>;
  /**
   * Makes a pair, keeps the private part in the keychain and gives the public one to the platform; one that was made
   * before is given again. `not_signed_in`, and what `PlatformClient.addKey` says.
   */
  register(signal: AbortSignal): Promise<Result<LoginKey>>;
  /** For signing in; absent until one is registered. */
  key(): Promise<SigningKey | undefined>;
}

/** Where the private part of an account's key is kept. */
export const loginKeySecretId = (accountId: string): string => `login key ${accountId}`;

export function createLoginKeys(options: {
  readonly secrets: SecretStore;
  readonly client: () => PlatformClient | undefined;
  /** The account that is open. */
  readonly accountId: () => string | undefined;
  /** Names the key on the platform: this computer. */
  readonly name: string;
  /** Which keys the platform took; kept over restarts, and no secret. */
  readonly given: {
    has(accountId: string, fingerprint: string): boolean;
    add(accountId: string, fingerprint: string): void;
  };
  readonly publish: (key: LoginKey) => void;
}): LoginKeys {
  const { secrets, name } = options;

  const shown = (text: Secret): LoginKey => {
    const key = readKey(text, undefined);
    return key.ok ? { kind: 'registered', name, fingerprint: key.value.fingerprint } : { kind: 'none' };
  };
  async function registered(): Promise<Secret | undefined> {
    const id = options.accountId();
    if (id === undefined) return undefined;
    const text = await secrets.read(loginKeySecretId(id));
    if (text === undefined) return undefined;
    const key = readKey(text, undefined);
    return key.ok && options.given.has(id, key.value.fingerprint) ? text : undefined;
  }

  return {
    async recall() {
      const text = await registered();
      options.publish(text === undefined ? { kind: 'none' } : shown(text));
    },
    async key() {
      const text = await registered();
      return text === undefined ? undefined : { text };
    },
    async register(signal) {
      const client = options.client();
      const id = options.accountId();
      if (id === undefined) return fail('not_signed_in');
      if (client === undefined) return fail('token_missing');
      // The private part first: a key that the platform knows and this computer has lost would be of no use.
      let text = await secrets.read(loginKeySecretId(id));
      let line = text === undefined ? undefined : publicLine(text, name);
      if (text === undefined || line === undefined) {
        const made = makeKey(name);
        text = made.text;
        line = made.line;
        await secrets.write(loginKeySecretId(id), text);
      }
      const added = await client.addKey({ name, content: line }, signal);
      if (!added.ok) return added;
      const key = shown(text);
      if (key.kind === 'registered') options.given.add(id, key.fingerprint);
      if (options.accountId() === id) options.publish(key);
      return ok(key);
    },
  };
}
