import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderProblem } from './folder-problem.ts';

it('is none where the folder can be made and written, and has a code where it cannot', () => {
  const parent = mkdtempSync(join(tmpdir(), 'gw-folder-'));
  try {
    expect(folderProblem(join(parent, 'a', 'b'))).toBeUndefined();
    expect(existsSync(join(parent, 'a', 'b'))).toBe(true);
    writeFileSync(join(parent, 'file'), '');
    expect(folderProblem(join(parent, 'file', 'x'))).toBe('ENOTDIR');
    expect(folderProblem(join(parent, 'file'))).toBe('EEXIST');
    if (process.platform === 'linux') expect(folderProblem('/proc/gearway')).toBe('ENOENT');
  } finally {
    rmSync(parent, { recursive: true });
  }
});
