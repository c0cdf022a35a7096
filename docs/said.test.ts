import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words } from '../shared/words/index.ts';

/** All texts of the English window. */
const texts = (node: object): readonly string[] =>
  Object.values(node).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : texts(value as object),
  );
const shown = new Set(texts(words.en));

describe('words in bold', () => {
  it.each(['README.md', 'docs/user-guide.md'])('of %s stand in the window as they are written', (file) => {
    const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
    const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, said = '']) => said.split(' › '));
    expect(bold.length).toBeGreaterThan(3);
    expect(bold.filter((said) => !shown.has(said))).toEqual([]);
  });
});
