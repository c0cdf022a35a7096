import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/** Attributes whose text a person sees or hears: HTML's own, and those of our components. */
const spoken: ReadonlySet<string> = new Set([
  'action',
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'copyLabel',
  'error',
  'hint',
  'label',
  'placeholder',
  'text',
  'title',
]);

/** What stands in these is for machines: a command, an address. */
const machines: ReadonlySet<string> = new Set(['Address', 'code', 'kbd', 'pre']);

const letters = /\p{L}/u;
/** Two words in a row, or anything in Chinese: no identifier, class or key looks like that. */
const sentence = /\p{Script=Han}|\p{L}{2,},? \p{L}/u;

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Every text in a source file of the window that a person would see and that stands in no catalogue. */
function looseWords(file: string, source: string): readonly string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = new Set<string>();
  visit(program as unknown as Node);
  return [...found];

  function visit(node: Node): void {
    switch (node.type) {
      case 'JSXElement': {
        const opening = node.openingElement as Node;
        if (machines.has(nameOf(opening.name))) {
          nodesIn(opening.attributes)
            .filter(({ name }) => nameOf(name) !== 'text')
            .forEach(visit);
          return;
        }
        note(nodesIn(node.children).flatMap(textsOf), letters);
        break;
      }
      case 'JSXFragment':
        note(nodesIn(node.children).flatMap(textsOf), letters);
        break;
      case 'JSXAttribute':
        // Class names may be several words, and nobody reads them.
        if (nameOf(node.name) === 'className') return;
        if (spoken.has(nameOf(node.name))) note(nodesIn(node.value).flatMap(textsOf), letters);
        break;
      case 'Literal':
      case 'TemplateElement':
        note([textOf(node)], sentence);
        break;
      case 'NewExpression':
      case 'CallExpression':
        // The message of a bug is for the one who mends it.
        if (['Error', 'assertNever'].includes(nameOf(node.callee))) return;
        break;
    }
    Object.values(node).flatMap(nodesIn).forEach(visit);
  }

  function note(texts: readonly string[], wanted: RegExp): void {
    for (const text of texts) if (wanted.test(text)) found.add(text.trim());
  }
}

/** The texts that a place can show, whichever way it is decided. */
function textsOf(node: Node): readonly string[] {
  const through = (...fields: readonly string[]) =>
    fields.flatMap((field) => nodesIn(node[field]).flatMap(textsOf));
  switch (node.type) {
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return through('expression');
    case 'ConditionalExpression':
      return through('consequent', 'alternate');
    case 'LogicalExpression':
      return through('right');
    case 'BinaryExpression':
      return through('left', 'right');
    case 'TemplateLiteral':
      return through('quasis', 'expressions');
    default:
      return [textOf(node)];
  }
}

/** The text of a literal, a piece of a template or of what stands between tags; of anything else, none. */
function textOf({ type, value }: Node): string {
  if (type === 'TemplateElement') return (value as { readonly cooked?: string }).cooked ?? '';
  return (type === 'Literal' || type === 'JSXText') && typeof value === 'string' ? value : '';
}

function nameOf(node: unknown): string {
  const [named] = nodesIn(node);
  return typeof named?.name === 'string' ? named.name : '';
}

const nodesIn = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.flatMap(nodesIn)
    : typeof value === 'object' && value !== null && 'type' in value
      ? [value as Node]
      : [];

const window = join(import.meta.dirname, '..');
const sources = readdirSync(window, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => join(window, path));

describe('the window', () => {
  it('shows no word that stands outside the catalogues', () => {
    expect(sources.length).toBeGreaterThan(20);
    const loose = sources.flatMap((path) =>
      looseWords(path, readFileSync(path, 'utf8')).map((text) => `${relative(window, path)}: ${text}`),
    );
    expect(loose).toEqual([]);
  });
});

describe('a loose word', () => {
  it.each([
    ['between tags', '<p>Hello</p>', 'Hello'],
    ['in Chinese', '<p>你好</p>', '你好'],
    ['beside a value', '<p>{count} services</p>', 'services'],
    ['in braces', "<p>{'Hello'}</p>", 'Hello'],
    ['in a choice', "<p>{busy ? 'Wait' : texts.open}</p>", 'Wait'],
    ['behind a condition', "<p>{busy && 'Wait'}</p>", 'Wait'],
    ['in a template', `<p>{\`Port $\{port}\`}</p>`, 'Port'],
    ['in a sum', "<p>{'Port ' + port}</p>", 'Port'],
    ['in a fragment', '<>Hello</>', 'Hello'],
    ['in an attribute', '<input placeholder="Name" />', 'Name'],
    ['in a component’s attribute', '<Button label={busy ? "Wait" : texts.open} />', 'Wait'],
    ['beside a command', '<Address text={`ssh root`} copyLabel="Copy" />', 'Copy'],
    ['in a constant', "const hint = 'Open the tunnel';", 'Open the tunnel'],
    ['in a constant in Chinese', "const hint = '打开';", '打开'],
  ])('is found %s', (_where, source, text) => {
    expect(looseWords('case.tsx', source)).toEqual([text]);
  });

  it.each([
    ['a text of the catalogue', '<p title={texts.open}>{texts.hello}</p>'],
    ['signs alone', '<p>{name} · :{port} →</p>'],
    ['a class', '<p className="row wide" />'],
    ['a key that decides', "<p>{kind === 'public' ? texts.a : texts.b}</p>"],
    ['a command', '<code>ssh {user}@{host}</code>'],
    ['an attribute for machines', '<button type="button" role="img" />'],
    ['the message of a bug', "throw new Error('no store here');"],
    ['the message of a state that cannot be', "assertNever(state, 'tunnel state');"],
  ])('is not %s', (_what, source) => {
    expect(looseWords('case.tsx', source)).toEqual([]);
  });
});
