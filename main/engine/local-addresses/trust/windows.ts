import { win32 } from 'node:path';
import { ok } from '../../../../shared/result.ts';
import type { Run } from './run.ts';
import type { TrustStore } from './types.ts';

const deadlineMs = 20_000;
/** Windows shows the certificate and asks. */
const askedMs = 120_000;

/** The person's own root store. By its full path: the program of the same name of NSS may stand in PATH. */
export function createWindowsTrust(systemRoot: string, run: Run): TrustStore {
  const certutil = win32.join(systemRoot, 'System32', 'certutil.exe');
  const has: TrustStore['has'] = async ({ sha1 }, signal) =>
    (await run(certutil, ['-user', '-store', 'Root', sha1], { signal, deadlineMs })).ok;
  return {
    has,
    async install({ path }, signal) {
      const added = await run(certutil, ['-user', '-addstore', 'Root', path], {
        signal,
        deadlineMs: askedMs,
      });
      return added.ok ? ok(null) : added;
    },
    async remove(authority, signal) {
      if (!(await has(authority, signal))) return ok(null);
      const removed = await run(certutil, ['-user', '-delstore', 'Root', authority.sha1], {
        signal,
        deadlineMs: askedMs,
      });
      return removed.ok ? ok(null) : removed;
    },
  };
}
