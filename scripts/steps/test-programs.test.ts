import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../parts/paths.mjs';
import { screenPrograms, testPrograms } from './test-programs.mjs';

/** What the smallest Debian has, and what Node and the tests bring themselves. */
const everywhere = new Set([
  ...[
    'sh',
    'bash',
    'dash',
    'env',
    'id',
    'cat',
    'grep',
    'mount',
    'umount',
    'unshare',
    'nsenter',
    'getent',
    'runuser',
    'su',
  ],
  ...[
    'setpriv',
    'mkfifo',
    'true',
    'false',
    'sleep',
    'tail',
    'head',
    'ls',
    'tar',
    'gzip',
    'node',
    'script',
    'dpkg',
  ],
]);

const listed = new Set(
  Object.entries({ ...testPrograms, ...screenPrograms })
    .flatMap(([, shown]) => shown)
    .map((program) => basename(program)),
);

/** Ways to start a program that can be told from the text: the name, then its words. */
const starts = [
  /\b(?:spawn|spawnSync|execFile|execFileSync|execFileAsync|run|exec)\)?\(\s*'([a-z][\w.+-]*)',\s*(?:\[|words|args)/g,
  /\b(?:startChild|(?:loopback|machine|own)\.start)\(\s*\[\s*'([a-z][\w.+-]*)'/g,
  /(?:return|=>)\s+\(?\[\s*(?:\.\.\.\[\s*)?'([a-z][\w.+-]*)',\s*'--?[a-zA-Z]/g,
];
const needs = /\bitWith\(([^)]*)\)/g;

function programsIn(text: string): readonly string[] {
  const started = starts.flatMap((start) => [...text.matchAll(start)].map(([, name = '']) => name));
  const needed = [...text.matchAll(needs)].flatMap(([, names = '']) =>
    [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
  );
  return [...started, ...needed];
}

const isTest = (file: string) =>
  /\.(test|e2e)\.ts$|(^|\/)test-[^/]*\.ts$|^main\/testing\/|^e2e\/|^bench\//.test(file) &&
  !file.startsWith('scripts/steps/test-programs');

const testFiles = ['main', 'shared', 'renderer', 'preload', 'scripts', 'e2e', 'bench', 'docs']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file).replaceAll('\\', '/'),
    ),
  )
  .filter((file) => file.endsWith('.ts') && isTest(file));

describe('a program that a test starts', () => {
  it.each([
    ["await run('curl', ['-s', url])", ['curl']],
    ["promisify(execFile)('wrk', words)", ['wrk']],
    ["startChild(['ssh-agent', '-D', '-a', socket])", ['ssh-agent']],
    ["execFileSync(\n  'certutil', [\n'-L'])", ['certutil']],
    ["return ['nginx', '-c', file]", ['nginx']],
    ["itWith('initdb', 'runuser')('PostgreSQL', …)", ['initdb', 'runuser']],
    ["desk.run('gone', false, never)", []],
    ["containers.start(['a', 'b'])", []],
  ])('is read from %s', (text, programs) => {
    expect(programsIn(text)).toEqual(programs);
  });

  it('is on the list that the tests install', () => {
    const missing = testFiles.flatMap((file) =>
      programsIn(readFileSync(join(root, file), 'utf8'))
        .filter((name) => !everywhere.has(name) && !listed.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect([...new Set(missing)]).toEqual([]);
  });
});
