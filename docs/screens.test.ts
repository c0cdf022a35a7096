import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const screens = join(import.meta.dirname, 'screens');
const pictures = readdirSync(screens).filter((name) => name.endsWith('.png'));
const linked = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\((?:screens\/)?([\w.-]+\.png)\)/g)].map(([, name]) => name ?? '');

describe('the pictures of the documents', () => {
  it('all stand in their list, and the list names only what is there', () => {
    expect(linked(join(screens, 'README.md')).toSorted()).toEqual(pictures.toSorted());
  });

  it('are there where the user guide shows them', () => {
    const shown = linked(join(screens, '..', 'user-guide.md'));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((name) => !pictures.includes(name))).toEqual([]);
  });
});
