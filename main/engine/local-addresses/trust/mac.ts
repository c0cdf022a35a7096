import { join } from 'node:path';
import { ok } from '../../../../shared/result.ts';
import type { Run } from './run.ts';
import type { TrustStore } from './types.ts';

const security = '/usr/bin/security';
const deadlineMs = 20_000;
/** The system asks for the person's password or finger. */
const askedMs = 120_000;

/** The person's own keychain and own trust settings (`man security`: without `-d`, nobody else's). */
export function createMacTrust(home: string, run: Run): TrustStore {
  const keychain = join(home, 'Library', 'Keychains', 'login.keychain-db');
  const has: TrustStore['has'] = async ({ name }, signal) => {
    // Fails where nothing was ever trusted by hand.
    const settings = await run(security, ['dump-trust-settings'], { signal, deadlineMs });
    return settings.ok && settings.value.stdout.includes(name);
  };
  return {
    has,
    async install({ path }, signal) {
      const args = ['add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl', '-k', keychain, path];
      const added = await run(security, args, { signal, deadlineMs: askedMs });
      return added.ok ? ok(null) : added;
    },
    async remove(authority, signal) {
      if (await has(authority, signal)) {
        const args = ['remove-trusted-cert', authority.path];
        const removed = await run(security, args, { signal, deadlineMs: askedMs });
        if (!removed.ok) return removed;
      }
      // What is trusted no more may stay in the keychain: it means nothing there, so a failure is none.
      await run(security, ['delete-certificate', '-Z', authority.sha1, keychain], { signal, deadlineMs });
      return ok(null);
    },
  };
}
