import { X509Certificate } from 'node:crypto';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../shared/result.ts';
import type { Run } from './run.ts';
import type { AuthorityFile, TrustStore } from './types.ts';

const deadlineMs = 20_000;

/**
 * The databases of NSS in one home: the one that Chromium and its relatives read
 * (chromium.googlesource.com, docs/linux/cert_management.md), and one in each profile of Firefox.
 * `certutil` comes with libnss3-tools.
 */
export function createLinuxTrust(home: string, run: Run): TrustStore {
  const own = join(home, '.pki', 'nssdb');
  const certutil = (args: readonly string[], signal: AbortSignal) =>
    run('certutil', args, { signal, deadlineMs });

  async function holds(folder: string, { name, pem }: AuthorityFile, signal: AbortSignal): Promise<boolean> {
    if (!(await isThere(join(folder, 'cert9.db')))) return false;
    const listed = await certutil(['-L', '-d', `sql:${folder}`, '-n', name, '-a'], signal);
    return listed.ok && isSame(listed.value.stdout, pem);
  }

  async function add(
    folder: string,
    authority: AuthorityFile,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const { name, path } = authority;
    if (!(await isThere(join(folder, 'cert9.db')))) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const made = await certutil(['-N', '-d', `sql:${folder}`, '--empty-password'], signal);
      if (!made.ok) return made;
    }
    if (await holds(folder, authority, signal)) return ok(null);
    // `C`: signs for servers; neither for mail nor for programs.
    return certutil(['-A', '-d', `sql:${folder}`, '-t', 'C,,', '-n', name, '-i', path], signal);
  }

  return {
    has: (authority, signal) => holds(own, authority, signal),
    async install(authority, signal) {
      for (const folder of [own, ...(await firefoxProfiles(home))]) {
        const added = await add(folder, authority, signal);
        if (!added.ok) return added;
      }
      return ok(null);
    },
    async remove(authority, signal) {
      for (const folder of [own, ...(await firefoxProfiles(home))]) {
        if (!(await holds(folder, authority, signal))) continue;
        const removed = await certutil(['-D', '-d', `sql:${folder}`, '-n', authority.name], signal);
        if (!removed.ok) return removed;
      }
      return ok(null);
    },
  };
}

/** Of Debian's package, of the snap and of the flatpak. */
async function firefoxProfiles(home: string): Promise<readonly string[]> {
  const roots = [
    join(home, '.mozilla', 'firefox'),
    join(home, 'snap', 'firefox', 'common', '.mozilla', 'firefox'),
    join(home, '.var', 'app', 'org.mozilla.firefox', '.mozilla', 'firefox'),
  ];
  const found: string[] = [];
  for (const root of roots)
    for (const name of await readdir(root).catch(() => []))
      if (await isThere(join(root, name, 'cert9.db'))) found.push(join(root, name));
  return found;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function isSame(one: string, other: string): boolean {
  try {
    return new X509Certificate(one).fingerprint256 === new X509Certificate(other).fingerprint256;
  } catch {
    return false;
  }
}
