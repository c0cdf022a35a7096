import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const filesIn = (folder: string, kind: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => kind.test(file))
    .map((file) => join(root, folder, file))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const sheets = filesIn('renderer', /\.css$/).map(({ path, text }) => ({
  path,
  text: text.replace(/\/\*[\s\S]*?\*\//g, ''),
}));
const sources = filesIn('renderer', /(?<!\.test)\.tsx?$/);
/** A gate's page is no part of the window: it brings its own sheet along. */
const shared = filesIn('shared', /(?<!\.test)\.ts$/).filter(({ path }) => !path.includes('/gate/'));
const everything = [...sources, ...shared].map(({ text }) => text).join('\n');

/** Classes of a sheet; what stands in braces holds none. */
const classesOf = (text: string): ReadonlySet<string> =>
  new Set([...text.replace(/\{[^{}]*\}/g, '').matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name = '']) => name));

/** Which names of which sheet a source asks for; `byCode`: also by names that stand elsewhere. */
const uses = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].map(([, name = '', sheet = '']) => ({
    path,
    sheet: join(dirname(path), sheet),
    names: new Set(
      [...text.matchAll(new RegExp(`\\b${name}\\.(?!module\\.css)(\\w+)`, 'g'))].map(([, used = '']) => used),
    ),
    byCode: text.includes(`${name}[`),
  })),
);
const nameOf = (path: string) => relative(root, path);

describe('the style sheets', () => {
  it('hold no class that no component wears', () => {
    const isCode = (name: string) => new RegExp(`'${name}'|\\b${name}:`).test(everything);
    const unworn = sheets.flatMap(({ path, text }) => {
      const users = uses.filter(({ sheet }) => sheet === path);
      return [...classesOf(text)]
        .filter((name) =>
          path.endsWith('.module.css')
            ? !users.some(({ names, byCode }) => names.has(name) || (byCode && isCode(name)))
            : !everything.includes(name),
        )
        .map((name) => `${nameOf(path)}: .${name}`);
    });
    expect(unworn).toEqual([]);
  });

  it('hold every class that a component asks for by name', () => {
    const missing = uses.flatMap(({ path, sheet, names }) => {
      const known = classesOf(sheets.find((one) => one.path === sheet)?.text ?? '');
      return [...names].filter((name) => !known.has(name)).map((name) => `${nameOf(path)}: ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('define every variable that is used, and use every one', () => {
    const all = sheets.map(({ text }) => text).join('\n');
    const defined = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map(([, name = '']) => name));
    const used = new Set(
      [...`${all}\n${everything}`.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = '']) => name),
    );
    // Set by the library for the side from which a menu opens.
    used.delete('--transform-origin');
    const set = (name: string) => everything.includes(`'${name}'`);
    expect([...used].filter((name) => !defined.has(name) && !set(name))).toEqual([]);
    expect([...defined].filter((name) => !used.has(name) && !set(name))).toEqual([]);
  });
});
