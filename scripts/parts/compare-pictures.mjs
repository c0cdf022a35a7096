// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';

/**
 * How much of a picture is not as it was.
 * @param {Buffer} before a PNG
 * @param {Buffer} after a PNG
 * @returns {number} the share of points that differ, 0 to 1; 1 when the sizes do
 */
export function changedShare(before, after) {
  if (before.equals(after)) return 0;
  const [old, now] = [PNG.sync.read(before), PNG.sync.read(after)];
  if (old.width !== now.width || old.height !== now.height) return 1;
  const points = now.width * now.height;
  let changed = 0;
  for (let at = 0; at < points * 4; at += 4)
    if (old.data.readUInt32BE(at) !== now.data.readUInt32BE(at)) changed += 1;
  return changed / points;
}

/**
 * What two runs of the same pictures do not have in common, as lines for a person, the largest change first.
 * @param {string} last a folder
 * @param {string} now a folder
 * @returns {string[]}
 */
export function compareFolders(last, now) {
  const [old, made] = [last, now].map((folder) =>
    readdirSync(folder).filter((name) => name.endsWith('.png')),
  );
  const isOld = new Set(old);
  const isMade = new Set(made);
  const changed = (made ?? [])
    .filter((name) => isOld.has(name))
    .map((name) => ({
      name,
      share: changedShare(readFileSync(join(last, name)), readFileSync(join(now, name))),
    }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share);
  return [
    ...changed.map(({ name, share }) => `${percent(share)}  ${name}`),
    ...(made ?? []).filter((name) => !isOld.has(name)).map((name) => `   new  ${name}`),
    ...(old ?? []).filter((name) => !isMade.has(name)).map((name) => `  gone  ${name}`),
  ];
}

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(1).padStart(5)} %`;
