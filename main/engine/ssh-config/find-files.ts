import { matchesPattern } from './patterns.ts';
import type { ConfigFiles } from './types.ts';

const mostFound = 1_000;

/**
 * Files that a word of an Include line names, `*` and `?` in any part of the path. Relative ones are in `~/.ssh`, or in
 * `/etc/ssh` for the system's own configuration. A pattern without such a sign is its own name.
 */
export async function findFiles(
  word: string,
  how: {
    readonly files: ConfigFiles;
    readonly isSystem: boolean;
    readonly stamps: Map<string, string | undefined>;
  },
): Promise<readonly string[]> {
  const { files, isSystem, stamps } = how;
  const slashed = word.replaceAll('\\', '/');
  const isAbsolute = slashed.startsWith('/') || /^[A-Za-z]:\//.test(slashed);
  if (slashed.startsWith('~') && (isSystem || !slashed.startsWith('~/'))) return [];
  const path = slashed.startsWith('~/')
    ? `${files.home}${slashed.slice(1)}`
    : isAbsolute
      ? slashed
      : `${isSystem ? '/etc/ssh' : `${files.home}/.ssh`}/${slashed}`;
  let found: readonly string[] = [''];
  const parts = path.split('/');
  if (parts.length > 100) return [];
  for (const [at, part] of parts.entries()) {
    if (!/[*?]/.test(part)) {
      found = found.map((before) => (at === 0 ? part : `${before}/${part}`));
      continue;
    }
    const next: string[] = [];
    for (const folder of found) {
      stamps.set(folder, await files.stamp(folder));
      const names = [...(await files.list(folder))].sort();
      for (const name of names)
        if (
          next.length < mostFound &&
          matchesPattern(name, part) &&
          part.startsWith('.') === name.startsWith('.')
        )
          next.push(`${folder}/${name}`);
    }
    found = next;
  }
  return found;
}
