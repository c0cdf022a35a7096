import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pictures = readdirSync(join(import.meta.dirname, 'screens'));
const shown = ['README.md', 'README.zh-CN.md', 'docs/user-guide.md', 'docs/user-guide.zh-CN.md'].flatMap(
  (file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/screens\/([\w.-]+)\)/g)].map(
      ([, name = '']) => name,
    ),
);

describe('the pictures of the documents', () => {
  it('are those that a document shows, and no other', () => {
    expect(shown.length).toBeGreaterThan(10);
    expect([...new Set(shown)].toSorted()).toEqual(pictures.toSorted());
  });

  it('are few and small', () => {
    expect(pictures.length).toBeLessThanOrEqual(20);
    const heavy = pictures.filter(
      (name) => lstatSync(join(import.meta.dirname, 'screens', name)).size > 100_000,
    );
    expect(heavy).toEqual([]);
  });
});

// An archive of the sources has no index to ask.
describe.runIf(existsSync(join(root, '.git')))('what is tracked', () => {
  it('stays below 8 MB', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 24 })
      .split('\0')
      .filter((file) => file !== '' && existsSync(join(root, file)));
    expect(files.length).toBeGreaterThan(1_000);
    const bytes = files.reduce((sum, file) => sum + lstatSync(join(root, file)).size, 0);
    expect(bytes).toBeLessThan(8_000_000);
  });
});
