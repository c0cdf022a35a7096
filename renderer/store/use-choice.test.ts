import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const features = join(import.meta.dirname, '../features');
const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tsx'),
);
const textOf = (name: string) => readFileSync(join(features, name), 'utf8');
/** By the name that each choice has in its file. */
const choices = files.flatMap((name) => {
  const text = textOf(name);
  return [...text.matchAll(/const (\w+|\{[^}]*\}) = useChoice[<(]/g)].map(([, as = '']) => ({
    name,
    text,
    as,
  }));
});

describe('a choice that shows before it is kept', () => {
  it('is made in one way', () => {
    expect(files.filter((name) => /useHoped/.test(textOf(name)))).toEqual([]);
    expect(choices.length).toBeGreaterThan(8);
  });

  it.each(choices)('in $name ($as) has a place for why it went back', ({ text, as }) => {
    const error = as.startsWith('{') ? /\berror\b/.exec(as)?.[0] : `${as}.error`;
    expect(error).toBeDefined();
    const drawn = text.slice(text.indexOf(`const ${as} = useChoice`) + as.length + 20);
    expect(drawn).toMatch(new RegExp(`\\b${error?.replace('.', '\\.')}\\b`));
  });

  it('is the only way in which a switch or a list of the engine’s own is drawn', () => {
    // What has its effect at once and is drawn from the state, not from the choice.
    const loose = files.filter((name) =>
      /<(Switch|Select|Segmented)\b[^/]*?onChange=\{\([^)]*\) => void \w+\.run\(/s.test(textOf(name)),
    );
    expect(loose).toEqual([]);
  });
});
