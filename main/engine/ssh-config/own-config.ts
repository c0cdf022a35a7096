import { createBreath } from './breathe.ts';
import { type Compiled, compile } from './compile.ts';
import type { ConfigFiles, Surroundings } from './types.ts';

/** The configurations that count on this computer, read again only when one of their files changed. */
export interface OwnConfig {
  /** The person's own and the system's; with a file of a command's own only that, with `none` nothing. */
  read(configFile?: string): Promise<readonly Compiled[]>;
  /** Is there a file of the person that cannot be read? */
  isUnreadable(): Promise<boolean>;
  readonly around: Surroundings;
}

const systemFile = '/etc/ssh/ssh_config';

export function createOwnConfig(files: ConfigFiles, around: Surroundings): OwnConfig {
  const kept = new Map<string, Compiled>();
  /** One reading at a time: two that ask at once share it. */
  const turns = new Map<string, Promise<Compiled>>();
  const ownFile = `${files.home}/.ssh/config`;

  async function isFresh({ stamps }: Compiled): Promise<boolean> {
    for (const [path, stamp] of stamps) if ((await files.stamp(path)) !== stamp) return false;
    return true;
  }
  async function get(path: string, isSystem: boolean): Promise<Compiled> {
    const known = kept.get(path);
    if (known !== undefined && (await isFresh(known))) return known;
    const turn = turns.get(path) ?? compile(path, files, { isSystem, breathe: createBreath() });
    turns.set(path, turn);
    try {
      const compiled = await turn;
      kept.set(path, compiled);
      return compiled;
    } finally {
      turns.delete(path);
    }
  }

  return {
    around,
    async read(configFile) {
      if (configFile?.toLowerCase() === 'none') return [];
      if (configFile !== undefined)
        return [
          await get(configFile.startsWith('~/') ? `${files.home}${configFile.slice(1)}` : configFile, false),
        ];
      return [await get(ownFile, false), await get(systemFile, true)];
    },
    async isUnreadable() {
      return (
        (await files.stamp(ownFile)) !== undefined &&
        (await files.read(ownFile, 16 * 1024 * 1024)) === undefined
      );
    },
  };
}
