import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(import.meta.dirname, 'architecture.md'), 'utf8');
const named = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
  .map(([, path]) => path ?? '')
  .filter((path) => path.includes('/') || /\.(?:json|ts)$/.test(path));

const foldersIn = (parent: string) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}/`);

describe('docs/architecture.md', () => {
  it('names only what is there', () => {
    expect(named.length).toBeGreaterThan(30);
    // The one name that stands for a file of each folder.
    expect(named.filter((path) => path !== 'index.ts' && !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(['main', 'main/engine', 'renderer', 'shared'])('names every folder in %s', (parent) => {
    expect(foldersIn(parent).filter((folder) => !named.includes(folder))).toEqual([]);
  });
});
