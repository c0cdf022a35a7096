import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'decisions');
const files = readdirSync(folder);
const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };
const libraries = Object.entries({ ...dependencies, ...devDependencies });

describe('the decisions', () => {
  it.each(files)('%s is dated within as in its name', (file) => {
    const date = /^(\d{4}-\d{2}-\d{2})-[a-z0-9-]+\.md$/.exec(file)?.[1];
    expect(date).toBeDefined();
    expect(texts[files.indexOf(file)]?.split('\n')[2]).toContain(date);
  });

  it('give a reason for every library', () => {
    const named = (name: string) => new RegExp(`(?<![\\w@/-])${name}(?![\\w/-])`);
    const all = texts.join('\n');
    expect(libraries.map(([name]) => name).filter((name) => !named(name).test(all))).toEqual([]);
  });

  it('are about one version of each, exact', () => {
    expect(libraries.filter(([, version]) => !/^(?:npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
