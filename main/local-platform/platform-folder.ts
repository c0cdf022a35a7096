import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a platform keeps what containers and clients write: below its state, or for as long as it runs. */
export interface PlatformFolder {
  /** Made when it is first asked for. */
  path(): string;
  /** A folder below it. */
  of(...names: readonly string[]): string;
  /** Takes it away where it was for this run only. */
  stop(): Promise<void>;
}

export function createPlatformFolder(stateFolder: string | undefined): PlatformFolder {
  let made = stateFolder;
  const path = () => {
    made ??= mkdtempSync(join(tmpdir(), 'gearway-platform-'));
    return made;
  };
  return {
    path,
    of(...names) {
      const folder = join(path(), ...names);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    async stop() {
      if (stateFolder === undefined && made !== undefined) await rm(made, { recursive: true, force: true });
    },
  };
}
