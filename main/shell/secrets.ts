import { safeStorage } from 'electron';
import type { SecretTier } from '../../shared/model/settings.ts';
import type { Stores } from './stores.ts';

/**
 * Secrets are kept by the operating system's keychain, or, where it has none,
 * in this process until Gearway quits. Never in clear on disk: on Linux without
 * a keyring Chromium would encrypt with a key that everybody knows, which is
 * refused here (electronjs.org/docs/latest/api/safe-storage, `basic_text`).
 */
export interface Secrets {
  readonly tier: SecretTier;
  read(id: string): string | undefined;
  /** With `session` it is never put on the disk, and is part of no export. */
  write(id: string, text: string, keep?: 'session'): void;
  /** Does it outlive this process, where the system has a keychain? */
  isKept(id: string): boolean;
  forget(id: string): void;
  /** All that can be read, in clear: for an export under a passphrase, and for nothing else. */
  all(): Readonly<Record<string, string>>;
  /** Forgets every secret and keeps these instead. */
  replace(secrets: Readonly<Record<string, string>>): void;
}

/** Call after `ready`: before, the system's answer is not known. */
export function createSecrets(file: Stores['sealed']): Secrets {
  const session = new Map<string, string>();
  /** Those that a person wants kept no longer, keychain or not. */
  const shortLived = new Set<string>();
  const tier: SecretTier = hasKeychain() ? 'keychain' : 'session';
  const onDisk = () => (tier === 'session' ? {} : file().read().sealed);
  const keep = (sealed: Readonly<Record<string, string>>) => {
    if (tier === 'keychain') file().write({ sealed });
  };

  const read = (id: string): string | undefined => {
    const held = session.get(id);
    const sealed = held === undefined ? onDisk()[id] : undefined;
    if (sealed === undefined) return held;
    try {
      return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
    } catch {
      // Sealed by another user or another machine's keychain: it cannot be read here, the person signs in again.
      return undefined;
    }
  };

  function forgetOnDisk(id: string) {
    const { [id]: _gone, ...rest } = onDisk();
    keep(rest);
  }

  return {
    tier,
    read,
    write(id, text, how) {
      session.set(id, text);
      if (how === 'session') {
        shortLived.add(id);
        if (Object.hasOwn(onDisk(), id)) forgetOnDisk(id);
        return;
      }
      shortLived.delete(id);
      if (tier === 'keychain') keep({ ...onDisk(), [id]: encrypt(text) });
    },
    isKept: (id) => !shortLived.has(id) && read(id) !== undefined,
    forget(id) {
      session.delete(id);
      shortLived.delete(id);
      forgetOnDisk(id);
    },
    all() {
      const ids = new Set([...session.keys(), ...Object.keys(onDisk())]);
      return Object.fromEntries(
        [...ids].flatMap((id) => {
          if (shortLived.has(id)) return [];
          const text = read(id);
          return text === undefined ? [] : [[id, text] as const];
        }),
      );
    },
    replace(secrets) {
      session.clear();
      shortLived.clear();
      for (const [id, text] of Object.entries(secrets)) session.set(id, text);
      if (tier === 'session') return;
      keep(Object.fromEntries(Object.entries(secrets).map(([id, text]) => [id, encrypt(text)])));
    },
  };
}

const encrypt = (text: string): string => safeStorage.encryptString(text).toString('base64');

function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}
