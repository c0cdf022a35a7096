import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { words } from './index.ts';

/** Where in the catalogue something leads: `''` is the whole of it, `'/lane/step'` a group, `'/lane/down'` a word. */
type Path = string;
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}
const root = join(import.meta.dirname, '..', '..');

/** Everything that could say a word: no tests, no catalogues. */
const files = ['shared', 'main', 'renderer', 'preload']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !/^shared.words./.test(file));

function pathsBelow(node: object, path: Path): readonly Path[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const own = `${path}/${key}`;
    return typeof value === 'string' ? [own] : [own, ...pathsBelow(value as object, own)];
  });
}
const paths = new Set(['', ...pathsBelow(words.en, '')]);
const children = new Map<Path, Path[]>([...paths].map((path) => [path, []]));
for (const path of paths) if (path !== '') children.get(path.slice(0, path.lastIndexOf('/')))?.push(path);
const childrenOf = (path: Path): readonly Path[] => children.get(path) ?? [];
const wordsBelow = (path: Path): readonly Path[] => [path, ...childrenOf(path).flatMap(wordsBelow)];

/** Adds to `said` what a file asks the catalogue for, followed through its variables, parameters and their types. */
function read(file: string, said: Set<Path>): void {
  const text = readFileSync(join(root, file), 'utf8');
  if (!/words/i.test(text)) return;
  const { program } = parseSync(file, text);
  /** What the variables of the function in hand, and of those around it, lead to. */
  let known = new Map<string, readonly Path[]>();
  visit(program as unknown as Node);

  function visit(node: Node): void {
    const around = known;
    if (Array.isArray(node.params)) known = new Map(known);
    if (node.type === 'VariableDeclarator' && isNode(node.init)) bind(node.id, leadsTo(node.init));
    if (Array.isArray(node.params)) for (const parameter of node.params) bind(parameter, []);
    if (node.type === 'MemberExpression') for (const path of leadsTo(node)) said.add(path);
    // A group that is handed on: whoever takes it may ask for all of it.
    const given = [node.arguments, node.expression, node.value, node.argument].flat().filter(isNode);
    if (/^(?:New|Call|JSX|Property|Spread)/.test(node.type))
      for (const path of given.flatMap(leadsTo))
        if (path !== '') for (const word of wordsBelow(path)) said.add(word);
    const parts = node.type === 'ObjectPattern' ? (node.properties as Node[]).map(({ value }) => value) : [];
    for (const child of parts.length > 0 ? parts : Object.values(node).flat())
      if (isNode(child)) visit(child);
    known = around;
  }

  function leadsTo(node: unknown): readonly Path[] {
    if (!isNode(node)) return [];
    switch (node.type) {
      case 'Identifier':
        return known.get(nameOf(node)) ?? [];
      case 'MemberExpression': {
        const { object, property } = node;
        const name = node.computed === true ? (property as Node).value : nameOf(property);
        const isLanguage = nameOf(object) === 'words' && (name === 'en' || node.computed === true);
        if (name === 'texts' || isLanguage) return [''];
        return below(leadsTo(object), name);
      }
      case 'ConditionalExpression':
        return [...leadsTo(node.consequent), ...leadsTo(node.alternate)];
      case 'LogicalExpression':
        return [...leadsTo(node.left), ...leadsTo(node.right)];
      case 'TSTypeReference':
        return nameOf(node.typeName) === 'InterfaceWords' ? [''] : [];
      case 'TSIndexedAccessType': {
        const name = ((node.indexType as Node).literal as Node | undefined)?.value;
        return name === 'texts' ? [''] : below(leadsTo(node.objectType), name);
      }
      default:
        return [...leadsTo(node.expression), ...leadsTo(node.typeAnnotation)];
    }
  }

  function below(of: readonly Path[], name: unknown): readonly Path[] {
    if (typeof name !== 'string') return of.flatMap((path) => childrenOf(path));
    return of.map((path) => `${path}/${name}`).filter((path) => paths.has(path));
  }

  function bind(target: unknown, to: readonly Path[]): void {
    if (!isNode(target)) return;
    const all = [...to, ...leadsTo(target.typeAnnotation)];
    if (target.type === 'Identifier') known.set(nameOf(target), all);
    if (target.type === 'ObjectPattern')
      for (const property of target.properties as Node[]) {
        const name = nameOf(property.key);
        const found = name === 'texts' ? [''] : below(all, name);
        for (const path of found) said.add(path);
        bind(property.value, found);
      }
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;
const nameOf = (node: unknown): string => (isNode(node) && typeof node.name === 'string' ? node.name : '');

describe('the words', () => {
  it('are all asked for somewhere', () => {
    const said = new Set<Path>();
    for (const file of files) read(file, said);
    expect([...paths].filter((path) => childrenOf(path).length === 0 && !said.has(path))).toEqual([]);
  });
});
