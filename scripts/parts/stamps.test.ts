import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOfContents, fingerprintOfTrees, openStamps } from './stamps.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearway-stamps-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a stamp', () => {
  it('matches what was written, until it is cleared', () => {
    const stamps = openStamps(join(folder, 'stamps'));
    expect(stamps.matches('build', 'a')).toBe(false);
    stamps.write('build', 'a');
    expect(stamps.matches('build', 'a')).toBe(true);
    expect(stamps.matches('build', 'b')).toBe(false);
    stamps.clear('build');
    expect(stamps.matches('build', 'a')).toBe(false);
  });
});

describe('a fingerprint of contents', () => {
  it('changes with what a file says, not with its time', () => {
    const file = join(folder, 'lock');
    writeFileSync(file, 'one');
    const before = fingerprintOfContents([file]);
    utimesSync(file, 1, 1);
    expect(fingerprintOfContents([file])).toBe(before);
    writeFileSync(file, 'two');
    expect(fingerprintOfContents([file])).not.toBe(before);
  });

  it('tells a missing file from an empty one', () => {
    const file = join(folder, 'settings');
    const missing = fingerprintOfContents([file]);
    writeFileSync(file, '');
    expect(fingerprintOfContents([file])).not.toBe(missing);
  });
});

describe('a fingerprint of trees', () => {
  it('changes when a file below is written, added, renamed or removed', () => {
    const file = join(folder, 'deep', 'a.ts');
    mkdirSync(join(folder, 'deep'));
    const seen = new Set([fingerprintOfTrees([folder])]);
    writeFileSync(file, 'a');
    seen.add(fingerprintOfTrees([folder]));
    utimesSync(file, 1, 1);
    seen.add(fingerprintOfTrees([folder]));
    writeFileSync(join(folder, 'b.ts'), 'b');
    seen.add(fingerprintOfTrees([folder]));
    rmSync(file);
    seen.add(fingerprintOfTrees([folder]));
    expect(seen.size).toBe(5);
  });

  it('leaves out the files that do not count, and bears a missing folder', () => {
    const counts = (path: string) => !path.endsWith('.test.ts');
    const before = fingerprintOfTrees([folder, join(folder, 'none')], counts);
    writeFileSync(join(folder, 'a.test.ts'), '');
    expect(fingerprintOfTrees([folder, join(folder, 'none')], counts)).toBe(before);
  });
});
