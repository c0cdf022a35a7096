import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const rows = readFileSync(join(import.meta.dirname, 'seed-coverage.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| what') && !/^\| ?-/.test(line))
  .map((line) => /^\|\s*(.+?)\s*\|\s*`(.+?) › (.+)`\s*\|$/.exec(line)?.slice(1, 4) ?? [line, '', '']);

describe('what the platform says', () => {
  it('is a list with a test for each line', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map(([says]) => says)).size).toBe(rows.length);
  });

  it.each(rows)('%s', (_says, file = '', title = '') => {
    expect(existsSync(join(root, file)), file).toBe(true);
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${title}'`);
  });
});
