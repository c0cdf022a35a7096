import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words } from './index.ts';

const root = join(import.meta.dirname, '..', '..');

/** Everything that could say a word, as one text: no tests, no catalogues. */
const source = ['shared', 'main', 'renderer', 'preload']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/^shared.words.(?:en|zh-cn)\b/.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');
const named = new Set(source.match(/[A-Za-z_$][\w$]*/g));

function leaves(node: object, path: readonly string[] = []): readonly (readonly string[])[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[...path, key]] : leaves(value as object, [...path, key]),
  );
}

describe('the words', () => {
  it('are all said somewhere: the name of each stands in the code that shows it, as a key or as a code', () => {
    const unsaid = leaves(words.en)
      .filter((path) => path.some((key) => !named.has(key) && !source.includes(`'${key}'`)))
      .map((path) => path.join('.'));
    expect(unsaid).toEqual([]);
  });
});
