import { expect, it } from 'vitest';
import { mappingContext } from '../../../shared/platform-rules/index.ts';
import { makeContainer } from '../../testing/make.ts';
import { checkLines, isOfLine } from './check-lines.ts';

const others = [
  makeContainer({
    id: 'old',
    name: 'old-demo',
    status: { kind: 'ended', how: 'cancelled' },
    mappings: [{ name: 'gradio', port: 7860 }],
  }),
];
const context = { ...mappingContext(others, { owner: 'demo' }, {}), containerName: 'fresh' };
const codes = (...lines: readonly (readonly [string, string])[]) =>
  checkLines(
    lines.map(([name, port]) => ({ name, port })),
    context,
  ).map(({ name, port, mapping }) => [name?.code, port?.code, mapping?.port]);

it.each<[string, readonly (readonly [string, string])[], ReturnType<typeof codes>]>([
  ['nothing typed yet is not wrong', [['', '']], [[undefined, undefined, undefined]]],
  ['a line that is right', [['web', '7860']], [[undefined, undefined, 7860]]],
  [
    'a name that another container holds, before the port is typed',
    [['gradio', '']],
    [['name_taken', undefined, undefined]],
  ],
  ['a reserved port', [['', '6006']], [[undefined, 'port_reserved', undefined]]],
  [
    'a port and a name of the line before',
    [
      ['web', '80'],
      ['web', '80'],
    ],
    [
      [undefined, undefined, 80],
      ['name_taken', 'port_mapped_already', undefined],
    ],
  ],
])('%s', (_case, lines, wanted) => {
  expect(codes(...lines)).toEqual(wanted);
});

it('finds the line that the engine names', () => {
  const error = { code: 'name_taken', field: 'mappings.1.name' } as const;
  expect([isOfLine(error, 1, 'name'), isOfLine(error, 0, 'name'), isOfLine(error, 1, 'port')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(isOfLine(undefined, 0, 'name')).toBe(false);
});
