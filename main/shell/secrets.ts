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
  write(id: string, text: string): void;
  forget(id: string): void;
}

/** Call after `ready`: before, the system's answer is not known. */
export function createSecrets(file: Stores['sealed']): Secrets {
  const session = new Map<string, string>();
  const tier: SecretTier = hasKeychain() ? 'keychain' : 'session';
  return {
    tier,
    read(id) {
      const held = session.get(id);
      if (held !== undefined || tier === 'session') return held;
      const sealed = file.read()[id];
      if (sealed === undefined) return undefined;
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        // Sealed by another user or another machine's keychain: it cannot be read here, the person signs in again.
        return undefined;
      }
    },
    write(id, text) {
      session.set(id, text);
      if (tier === 'session') return;
      file.write({
        ...file.read(),
        [id]: safeStorage.encryptString(text).toString('base64'),
      });
    },
    forget(id) {
      session.delete(id);
      if (tier === 'session') return;
      const { [id]: _gone, ...rest } = file.read();
      file.write(rest);
    },
  };
}

function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}
