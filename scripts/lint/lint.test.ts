import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../parts/paths.mjs';

/** What the linter says of a file that lies in this folder of the checkout. */
function lint(folder: string, text: string): string {
  const place = mkdtempSync(join(root, folder, 'lint-'));
  try {
    writeFileSync(join(place, 'tried.ts'), text);
    const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', place], {
      cwd: root,
      encoding: 'utf8',
    });
    return stdout + stderr;
  } finally {
    rmSync(place, { recursive: true });
  }
}

describe('a key that foreign text may be', () => {
  it.each(['shared', 'renderer'])('is no key of a plain object in %s', (folder) => {
    const put = 'export function put(all: Record<string, number>, name: string) {\n  all[name] = 1;\n}\n';
    expect(lint(folder, put)).toContain('Foreign text may be this key');
    const keep = 'export function put(all: Map<string, number>, name: string) {\n  all.set(name, 1);\n}\n';
    expect(lint(folder, keep)).toContain('Checked 1 file');
    expect(lint(folder, keep)).not.toContain('Foreign');
  });
});

describe('time and chance in the engine', () => {
  it('are not called where tests cannot move them', () => {
    const calls = ['setTimeout(() => {}, 1)', 'setInterval(() => {}, 1)', 'Date.now()', 'Math.random()'];
    const text = calls.map((call, index) => `export const tried${index} = () => ${call};\n`).join('');
    expect(lint('main/engine/ssh', text).match(/Time and chance come in/g)).toHaveLength(calls.length);
  });

  it('may come from the clock, and duration from the monotonic one', () => {
    const text =
      'export const tried = (clock: { after(ms: number, call: () => void): void }) => clock.after(1, () => performance.now());\n';
    expect(lint('main/engine/ssh', text)).not.toContain('Time and chance');
  });
});

describe('a file that outgrows one idea', () => {
  const lines = (count: number) =>
    `${Array.from({ length: count }, (_, index) => `export const a${index} = ${index};`).join('\n')}\n`;

  it('is refused from 301 lines on', () => {
    expect(lint('shared', lines(300))).not.toContain('noExcessiveLinesPerFile');
    expect(lint('shared', lines(301))).toContain('noExcessiveLinesPerFile');
  });
});
