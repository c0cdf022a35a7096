import { describe, expect, it } from 'vitest';
import { check } from './check.mjs';
import { importsIn, readImports } from './graph.mjs';
import { type Rule, rules } from './rules.mjs';

const all = readImports(['main', 'preload', 'renderer', 'shared']);

describe('the borders', () => {
  it('are about all there is', () => {
    expect(all.length).toBeGreaterThan(2_000);
  });

  it.each(rules.map((rule) => [`${rule.kind} of ${rule.inside}`, rule] as const))('hold: %s', (_, rule) => {
    expect(check(rule, all)).toEqual([]);
  });
});

describe('a file', () => {
  it('imports by every way there is', () => {
    const text = `
      import './a.ts';
      import { type B, b } from './b.ts';
      import type { C } from './c.ts';
      export { d } from './d.ts';
      export type { E } from './e.ts';
      export * from './f.ts';
      const g = () => import('./g.ts');
      const said = "from './no.ts'";
    `;
    expect(importsIn('x.tsx', text).map(({ to, isType }) => (isType ? `type ${to}` : to))).toEqual([
      './a.ts',
      './b.ts',
      'type ./c.ts',
      './d.ts',
      'type ./e.ts',
      './f.ts',
      './g.ts',
    ]);
  });
});

const imported = (from: string, to: string, isType = false) => ({ from, to, isType });
const layers: Rule = { kind: 'layers', inside: 's', layers: [['.'], ['low', 'beside'], ['high']] };
const entries: Rule = { kind: 'entries', inside: 'f' };
const pairs = (allowed: Record<string, readonly string[]>): Rule => ({
  kind: 'pairs',
  inside: 'f',
  common: ['common'],
  above: ['frame'],
  allowed,
});
const without: Rule = { kind: 'without', inside: 'r', packages: ['zod'] };

describe('each rule', () => {
  it.each<readonly [string, Rule, ReturnType<typeof imported>, boolean]>([
    ['a higher layer may import a lower one', layers, imported('s/high/a.ts', 's/low/b.ts'), true],
    ['and a file of the top', layers, imported('s/low/a.ts', 's/b.ts'), true],
    ['a lower one may not import a higher one', layers, imported('s/low/a.ts', 's/high/b.ts', true), false],
    ['nor one beside it', layers, imported('s/low/a.ts', 's/beside/b.ts'), false],
    ['a folder without a layer fails', layers, imported('s/new/a.ts', 's/low/b.ts'), false],
    ['a folder is entered by its index', entries, imported('f/a/x.ts', 'f/b/index.ts'), true],
    ['and by nothing else', entries, imported('f/a/x.ts', 'f/b/y.ts', true), false],
    ['from outside, too', entries, imported('app.tsx', 'f/b/y.ts'), false],
    ['its own files see each other', entries, imported('f/b/x.ts', 'f/b/y.ts'), true],
    ['a listed pair is allowed', pairs({ a: ['b'] }), imported('f/a/x.ts', 'f/b/index.ts'), true],
    ['another is not', pairs({}), imported('f/a/x.ts', 'f/b/index.ts'), false],
    ['all may import what is common', pairs({}), imported('f/a/x.ts', 'f/common/index.ts'), true],
    ['what is common may import none', pairs({}), imported('f/common/x.ts', 'f/a/index.ts'), false],
    ['what is above may import all', pairs({}), imported('f/frame/x.ts', 'f/a/index.ts'), true],
    ['none imports what is above', pairs({}), imported('f/a/x.ts', 'f/frame/index.ts'), false],
    ['a pair that is not used goes', pairs({ a: ['b', 'c'] }), imported('f/a/x.ts', 'f/b/index.ts'), false],
    ['types of a schema bring nothing', without, imported('r/a.ts', 'zod', true), true],
    ['a schema brings its library', without, imported('r/a.ts', 'zod'), false],
  ])('%s', (_, rule, each, holds) => {
    expect(check(rule, [each]).length === 0).toBe(holds);
  });

  it('sees what comes along over other files', () => {
    const chain = [imported('r/a.ts', 'm/b.ts'), imported('m/b.ts', 'm/c.ts'), imported('m/c.ts', 'zod')];
    expect(check(without, chain)).toEqual(['r/a.ts → m/b.ts → m/c.ts → zod']);
    expect(check(without, chain.with(1, imported('m/b.ts', 'm/c.ts', true)))).toEqual([]);
  });

  it('sees a circle of folders', () => {
    const circle = [imported('f/a/x.ts', 'f/b/index.ts'), imported('f/b/x.ts', 'f/a/index.ts')];
    expect(check(pairs({ a: ['b'], b: ['a'] }), circle)).toEqual(['a → b → a is a circle of folders in f']);
  });
});
