import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from './effects.ts';

/** One file of JSON that outlives the engine. Readable by its owner only; written whole, so that a kill leaves the old one. */
export interface KeptFile<T> {
  /** What it holds; `undefined` where there is none, or one that is damaged, which is put aside. */
  read(): Promise<T | undefined>;
  /** Writes are made one after the other. Failures are logged: what cannot be kept is not worth ending for. */
  write(value: T): Promise<void>;
}

/** `path`, absolute; its folder is made when it is first written. `parse` throws for what does not fit. */
export function createKeptFile<T>(options: {
  readonly path: string;
  readonly parse: (value: unknown) => T;
  readonly log: Log;
}): KeptFile<T> {
  const { path, log } = options;
  let writing: Promise<void> = Promise.resolve();
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch {
        return undefined;
      }
      try {
        return options.parse(JSON.parse(text));
      } catch (error) {
        log('warn', 'keptFile.damaged', { path, error: String(error).slice(0, 300) });
        await rename(path, `${path}.damaged`).catch(() => {});
        return undefined;
      }
    },
    write(value) {
      writing = writing.then(async () => {
        try {
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
          await rename(`${path}.new`, path);
        } catch (error) {
          log('warn', 'keptFile.notKept', { path, error: String(error) });
        }
      });
      return writing;
    },
  };
}
