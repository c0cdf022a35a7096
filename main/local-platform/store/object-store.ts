import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What is kept under one key. */
export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modified: number;
}

/** Objects as files in a folder: `bucket/key` is the path below it, so that what was uploaded can be looked at. */
export interface ObjectStore {
  /** Gives the MD5 of what came, in hexadecimal. Throws what the stream or the disk throws; then nothing is kept. */
  put(key: string, body: Readable): Promise<string>;
  /** Joins parts that were put, in order, and takes them away. */
  join(key: string, parts: readonly string[]): Promise<void>;
  head(key: string): Promise<StoredObject | undefined>;
  /** `from` and `to` are bytes, both inclusive. */
  read(key: string, range?: { readonly from: number; readonly to: number }): Readable;
  md5(key: string): Promise<string>;
  /** Everything below a folder, at most 10,000 objects. */
  list(prefix: string): Promise<readonly StoredObject[]>;
  remove(key: string): Promise<void>;
  /** Where an object is on the disk. */
  path(key: string): string;
}

const mostListed = 10_000;

/** A key names a file below the store's folder and nothing else. */
export const isKey = (key: string): boolean =>
  key.length <= 1_024 &&
  key !== '' &&
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
  !/[\\:*?"<>|\u0000-\u001f\u007f]/.test(key) &&
  key.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.length <= 255);

/** `folder` is asked for when something is first kept. */
export function createObjectStore(folder: () => string): ObjectStore {
  const path = (key: string) => {
    if (!isKey(key)) throw new Error('no key');
    return join(folder(), ...key.split('/'));
  };

  const store: ObjectStore = {
    path,
    async put(key, body) {
      const target = path(key);
      const hash = createHash('md5');
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const fresh = `${target}.${randomUUID()}.new`;
      try {
        await pipeline(
          body,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              hash.update(chunk);
              yield chunk;
            }
          },
          createWriteStream(fresh, { mode: 0o600 }),
        );
        await rename(fresh, target);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
      return hash.digest('hex');
    },
    async join(key, parts) {
      const target = path(key);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      const fresh = `${target}.${randomUUID()}.new`;
      await pipeline(
        async function* () {
          for (const part of parts) yield* createReadStream(path(part));
        },
        createWriteStream(fresh, { mode: 0o600 }),
      );
      await rename(fresh, target);
      await Promise.all(parts.map((part) => rm(path(part), { force: true })));
    },
    async head(key) {
      try {
        const found = await stat(path(key));
        return found.isFile() ? { key, size: found.size, modified: found.mtimeMs } : undefined;
      } catch {
        return undefined;
      }
    },
    read: (key, range) =>
      createReadStream(path(key), range === undefined ? {} : { start: range.from, end: range.to }),
    async md5(key) {
      const hash = createHash('md5');
      for await (const chunk of createReadStream(path(key))) hash.update(chunk as Buffer);
      return hash.digest('hex');
    },
    async list(prefix) {
      const base = path(prefix);
      let names: readonly { readonly name: string; readonly parentPath: string; isFile(): boolean }[];
      try {
        names = await readdir(base, { recursive: true, withFileTypes: true });
      } catch {
        return [];
      }
      const found: StoredObject[] = [];
      for (const entry of names) {
        if (!entry.isFile() || entry.name.endsWith('.new') || found.length >= mostListed) continue;
        const file = join(entry.parentPath, entry.name);
        const { size, mtimeMs } = await stat(file);
        const key = `${prefix}/${file
          .slice(base.length + 1)
          .split(sep)
          .join('/')}`;
        found.push({ key, size, modified: mtimeMs });
      }
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async remove(key) {
      await rm(path(key), { force: true });
    },
  };
  return store;
}
