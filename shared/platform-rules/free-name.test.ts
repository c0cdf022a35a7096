import { describe, expect, it } from 'vitest';
import { maxLabelLength } from './constants.ts';
import { copiedMapping, freeName } from './free-name.ts';
import { asDraft, checkMappings } from './mapping-context.ts';
import type { MappingContext } from './mapping-rules.ts';
import { builtInTemplates } from './templates.ts';

const context = (taken: readonly string[], part: Partial<MappingContext> = {}): MappingContext => ({
  user: 'demo',
  containerId: 'b',
  existing: [],
  others: [
    {
      containerId: 'a',
      containerName: 'lab-a',
      stopped: true,
      mappings: taken.map((name, index) => ({ name, port: 9000 + index })),
    },
  ],
  ...part,
});

describe('a free name', () => {
  it.each([
    ['web', [], 'web'],
    ['Web', [], 'web'],
    ['web', ['web'], 'web-2'],
    ['web', ['WEB', 'web-2', 'web-3'], 'web-4'],
  ])('%s beside %j is %s', (wanted, taken, expected) => {
    expect(freeName(wanted, 7860, context(taken))).toBe(expected);
  });

  it('still fits into the address', () => {
    const long = 'x'.repeat(maxLabelLength - 'demo-'.length);
    const name = freeName(long, 7860, context([long])) ?? '';
    expect(`demo-${name}`.length).toBeLessThanOrEqual(maxLabelLength);
    expect(name.endsWith('-2')).toBe(true);
  });

  it('is none where the port stands against it', () => {
    expect(freeName('web', 6006, context([]))).toBeUndefined();
    expect(copiedMapping({ name: 'web', port: 22 }, context([]))).toBeUndefined();
  });

  it('is not needed by a mapping without one', () => {
    expect(copiedMapping({ port: 7860 }, context(['web']))).toEqual({ port: 7860 });
  });
});

describe('a built-in set', () => {
  it.each(builtInTemplates.map((template) => [template.title, template] as const))(
    '%s breaks no rule of the platform',
    (_title, { mappings }) => {
      expect(checkMappings(mappings.map(asDraft), context([]))).toMatchObject({ ok: true });
    },
  );

  it('has an id of its own', () => {
    expect(new Set(builtInTemplates.map(({ id }) => id)).size).toBe(builtInTemplates.length);
  });
});
