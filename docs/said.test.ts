import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { words } from '../shared/words/index.ts';

/** All texts of the window. */
const texts = (node: object): readonly string[] =>
  Object.values(node).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : texts(value as object),
  );
const shown = { en: new Set(texts(words.en)), 'zh-CN': new Set(texts(words['zh-CN'])) };

describe('words in bold', () => {
  it.each(['README.md', 'README.zh-CN.md', 'docs/user-guide.md', 'docs/user-guide.zh-CN.md'])(
    'of %s stand in the window as they are written',
    (file) => {
      const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
      const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, said = '']) => said.split(' › '));
      expect(bold.length).toBeGreaterThan(3);
      const catalogue = file.endsWith('.zh-CN.md') ? shown['zh-CN'] : shown.en;
      expect(bold.filter((said) => !catalogue.has(said))).toEqual([]);
    },
  );
});
