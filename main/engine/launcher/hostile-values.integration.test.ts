import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recipes } from '../../../shared/launch/index.ts';
import { hostileTexts as every } from '../../../shared/quoting/hostile-texts.ts';
import { isShown } from '../../../shared/shown-text.ts';
import { createCleanup, openMachine, startSshServer, until } from '../../testing/index.ts';
import { bareEnvironment, createLaunchLab, need, signal } from './testing/launching.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const lab = createLaunchLab(cleanup);

/** What presses keys is refused where it is typed, so it never gets this far. */
const hostileTexts = every.filter(isShown);

/** A folder that is called so, or by its beginning, where a folder can be. */
function makeFolder(parent: string, text: string): string {
  const name = Buffer.from(text.replaceAll('/', '_'))
    .subarray(0, 200)
    .toString('utf8')
    .replace(/\ufffd$/, '');
  const folder = join(parent, name === '' || name === '.' || name === '..' ? 'plain' : name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

describe('hostile values', () => {
  it('run as data', { timeout: 180_000 }, async () => {
    const folder = lab.newFolder();
    // Each program is replaced by one that writes down what it was given.
    const bin = lab.bareBin();
    writeFileSync(
      join(bin, 'show'),
      `#!/usr/bin/python3 -I
import json, os, sys
print(json.dumps(sys.argv[1:] + [os.getcwd()] + [os.environ.get(k) for k in ['VLLM_API_KEY', 'LLAMA_API_KEY', 'JUPYTER_TOKEN', 'HF_TOKEN', 'HF_ENDPOINT', 'CUDA_VISIBLE_DEVICES']]))
`,
      { mode: 0o755 },
    );
    rmSync(join(bin, 'python3'));
    const own = cleanup.add(await openMachine());
    const bare = cleanup.add(await startSshServer({ machine: own, options: [bareEnvironment(bin)] }));
    const { launcher } = lab.engine(bare, folder);
    rmSync('/tmp/gearway-pwned', { force: true });
    const kinds = ['text', 'path', 'secret'];
    const programs = recipes.filter(
      ({ id, fields }) =>
        id !== 'command' && fields.some(({ key, kind }) => kinds.includes(kind) && key !== 'folder'),
    );
    for (const recipe of programs) {
      const program = recipe.command.find((part) => typeof part === 'string');
      if (typeof program === 'string' && !existsSync(join(bin, program)))
        symlinkSync('show', join(bin, program));
    }
    // All fields of a recipe at once, each with another text; every text goes through the real shells.
    const written: string[] = [];
    for (const [turn, text] of hostileTexts.entries()) {
      const recipe = programs[turn % programs.length];
      if (recipe === undefined) continue;
      const fields = recipe.fields.filter(({ key, kind }) => kinds.includes(kind) && key !== 'folder');
      const values = Object.fromEntries(
        fields.map(({ key }, index) => [key, hostileTexts[(turn + index * 7) % hostileTexts.length] ?? '']),
      );
      const at = makeFolder(bin, text);
      const { id } = need(
        await launcher.start(
          { containerId: 'c', recipe: recipe.id, name: text, values: { ...values, folder: at } },
          signal(),
        ),
      );
      expect(launcher.get(id)?.name).toBe(text.trim().slice(0, 200));
      const words = await until(`what ${recipe.id} was given`, async () => {
        const log = need(await launcher.log(id, { from: 0, most: 100_000 }, signal()));
        return log.text.endsWith('\n') && (JSON.parse(log.text) as (string | null)[]);
      });
      expect(words).toContain(at);
      for (const { key, kind } of fields) {
        const value = values[key] ?? '';
        const data = kind === 'path' && value.startsWith('-') ? `./${value}` : value;
        const seen = words.some((word) => word === data || word?.endsWith(`=${data}`) === true);
        expect(seen, `${recipe.id} ${key} ${value.slice(0, 40)}`).toBe(true);
        written.push(value);
      }
    }
    expect(new Set(written)).toEqual(new Set(hostileTexts));
    expect(existsSync('/tmp/gearway-pwned')).toBe(false);
  });
});
