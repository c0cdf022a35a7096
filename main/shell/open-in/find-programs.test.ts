import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Finders, findPrograms } from './find-programs.ts';
import { knownPrograms } from './known-programs.ts';
import { systemFinders } from './system-finders.ts';

const nothing: Omit<Finders, 'platform'> = {
  fileOf: async () => undefined,
  hasApp: async () => false,
  hasScheme: async () => false,
};
const ids = async (finders: Partial<Finders>) =>
  (await findPrograms({ platform: 'linux', ...nothing, ...finders })).map(({ id }) => id);
const has =
  (...names: string[]) =>
  async (name: string) =>
    names.includes(name) ? `/bin/${name}` : undefined;

describe('the programs of a computer', () => {
  it('are those that are found, in the order in which they are known', async () => {
    expect(await ids({ fileOf: has('xterm', 'kitty', 'psql', 'firefox') })).toEqual([
      'kitty',
      'xterm',
      'psql',
      'firefox',
    ]);
  });

  it('hold no client where no terminal could show it', async () => {
    expect(await ids({ fileOf: has('psql', 'code') })).toEqual(['code']);
  });

  it('are asked of the system they are for', async () => {
    const all: Finders = {
      platform: 'linux',
      fileOf: async (name) => `/x/${name}`,
      hasApp: async () => true,
      hasScheme: async () => true,
    };
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const found = await findPrograms({ ...all, platform });
      expect(found.length).toBeGreaterThan(8);
      expect(found.every(({ on }) => on.includes(platform))).toBe(true);
      // One id, one program: the window names a program by it.
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    }
    expect(knownPrograms.length).toBeGreaterThan(20);
  });
});

describe('the search path', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gearway-path-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const fileOf = (name: string, path = folder) =>
    systemFinders({ platform: 'linux', env: { PATH: path }, home: folder, nameForScheme: () => '' }).fileOf(
      name,
    );

  it('has what can be run, and nothing else', async () => {
    await writeFile(join(folder, 'kitty'), '#!/bin/sh\n');
    expect(await fileOf('kitty')).toBeUndefined();
    await chmod(join(folder, 'kitty'), 0o755);
    expect(await fileOf('kitty')).toBe(join(folder, 'kitty'));
  });

  it('is read without its relative folders, where anybody could lay a program', async () => {
    await writeFile(join(folder, 'kitty'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await fileOf('kitty', '.:bin:')).toBeUndefined();
  });
});
