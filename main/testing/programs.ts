import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';

/** Debian keeps PostgreSQL's programs by version and out of the path. */
const postgres = '/usr/lib/postgresql';
const versions = existsSync(postgres) ? readdirSync(postgres).sort().reverse() : [];

/** Where a program of a test may be. */
export const programFolders: readonly string[] = [
  ...(process.env.PATH ?? '').split(':').filter((folder) => folder !== ''),
  '/usr/sbin',
  '/sbin',
  ...versions.map((version) => join(postgres, version, 'bin')),
];

/** `npm test` installs every program there: a missing one is a fault of its list and not a reason to skip. */
const installs = process.platform === 'linux' && process.getuid?.() === 0;

const isThere = (program: string) => programFolders.some((folder) => existsSync(join(folder, program)));

/**
 * `it` for a test that starts these programs. Where one is missing the test is skipped and its name says why; as root on
 * Linux it runs, and fails.
 */
export function itWith(...programs: readonly string[]) {
  const missing = installs ? [] : programs.filter((program) => !isThere(program));
  const because = missing.length === 0 ? '' : ` (needs ${missing.join(', ')})`;
  return (name: string, run: () => void | Promise<void>, deadlineMs?: number) =>
    it.skipIf(because !== '')(`${name}${because}`, run, deadlineMs);
}
