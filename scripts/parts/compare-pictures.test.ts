import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, it } from 'vitest';
import { changedShare, compareFolders } from './compare-pictures.mjs';

/** Ten points by ten, of which so many are black. */
function picture(black: number, width = 10): Buffer {
  const png = new PNG({ width, height: 10 });
  png.data.fill(255);
  for (let at = 0; at < black; at += 1) png.data.writeUInt32BE(0x000000ff, at * 4);
  return PNG.sync.write(png);
}

describe('two pictures', () => {
  it.each([
    ['the same', picture(5), picture(5), 0],
    ['a few points', picture(5), picture(8), 0.03],
    ['another size', picture(5), picture(5, 11), 1],
  ])('differ in the share of their points: %s', (_, before, after, share) => {
    expect(changedShare(before, after)).toBe(share);
  });
});

describe('two runs', () => {
  const folders: string[] = [];
  const folder = (pictures: Record<string, Buffer>) => {
    const path = mkdtempSync(join(tmpdir(), 'gearway-pictures-'));
    folders.push(path);
    for (const [name, bytes] of Object.entries(pictures)) writeFileSync(join(path, name), bytes);
    return path;
  };
  afterEach(() => {
    for (const path of folders.splice(0)) rmSync(path, { recursive: true });
  });

  it('are told apart by what changed most, what is new and what is gone', () => {
    const last = folder({
      'a.png': picture(0),
      'b.png': picture(0),
      'c.png': picture(0),
      'd.png': picture(0),
    });
    const now = folder({
      'a.png': picture(0),
      'b.png': picture(2),
      'c.png': picture(9),
      'e.png': picture(0),
    });
    expect(compareFolders(last, now)).toEqual([
      '  9.0 %  c.png',
      '  2.0 %  b.png',
      '   new  e.png',
      '  gone  d.png',
    ]);
  });
});
