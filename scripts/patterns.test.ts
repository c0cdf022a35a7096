import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/**
 * Patterns that may go back over their input, and why that costs nothing: what they read is short by its making. This list
 * can only get shorter; whatever reads text of others is made to read it once (`main/engine/testing/foreign-text.test.ts`).
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // Digests and tokens of ours end in few signs.
  'main/cli/tunnel-options.ts': ['=+$'],
  'main/engine/ssh/fingerprint.ts': ['=+$'],
  'main/local-platform/key-fingerprint.ts': ['=+$'],
  // Addresses, which are cut before: 2,000 characters, or what a URL holds.
  'main/engine/platform/true-address.ts': ['\\/+$'],
  'renderer/features/models/model-routes.ts': ['\\/+$'],
  'main/local-platform/resolvers.ts': ['^\\/+|\\/+$'],
  // Names, of at most a few dozen characters.
  'main/engine/proxy/inspector/secret-name.ts': ['[0-9]+$'],
  'shared/platform-rules/free-name.ts': ['-+$'],
  'shared/platform-rules/local-name.ts': ['-+$'],
  // Typed into one field.
  'main/engine/platform/read-typed.ts': ['^["\'`]+|["\'`]+$'],
  // A setting of this computer's own.
  'main/engine/base/system-proxy/environment.ts': [
    '^(\\[[^\\]]*\\]|[^:]*|[0-9a-f:]*:[0-9a-f:]*:[^:]*)(?::(\\d+))?$',
  ],
  // Sentences of the samples.
  'main/local-platform/samples/openai.ts': ['\\s*\\S+\\s*'],
};

interface Pattern {
  readonly pattern: string;
  readonly flags: string;
}

/** Every pattern that stands in a file. */
function patternsIn(code: string, lang: 'ts' | 'tsx'): readonly Pattern[] {
  const found: Pattern[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, regex } = node as { readonly type?: string; readonly regex?: Pattern };
      if (type === 'Literal' && regex !== undefined && regex !== null) found.push(regex);
      for (const [name, value] of Object.entries(node)) if (name !== 'parent') walk(value);
    }
  };
  walk(parseAst(code, { lang }));
  return found;
}

const goesBack = ({ pattern, flags }: Pattern): boolean =>
  analyse({ source: pattern, flags }).reports.length > 0;

describe('the patterns of the source', () => {
  it('read their input once, but for those that read little', () => {
    const files = execFileSync('git', ['ls-files', 'main', 'shared', 'preload', 'renderer'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file));
    const slow: Record<string, string[]> = {};
    for (const file of files) {
      const code = readFileSync(join(root, file), 'utf8');
      const found = patternsIn(code, file.endsWith('x') ? 'tsx' : 'ts').filter(goesBack);
      if (found.length > 0) slow[file] = [...new Set(found.map(({ pattern }) => pattern))];
    }
    expect(slow).toEqual(allowed);
  });

  it.each([
    ['^([!-9A-z]+):[ \\t]*([\\t -~]*?)[ \\t]*$', ''],
    ['<([^>]*)>', 'g'],
    ['\\s+$', ''],
    ['(a+)+b', ''],
  ])('would show /%s/%s', (pattern, flags) => {
    expect(goesBack({ pattern, flags })).toBe(true);
  });
});
