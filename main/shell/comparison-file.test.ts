import { describe, expect, it } from 'vitest';
import { requests } from '../../shared/contract/requests.ts';
import { fail, ok } from '../../shared/result.ts';
import { comparisonFile } from './comparison-file.ts';

const { signal } = new AbortController();
const ask = async ({ format }: { readonly format: 'markdown' | 'json' }) =>
  ok({ fileName: `gearway-web.v2-2026-11-25.${format === 'json' ? 'json' : 'md'}`, text: `as ${format}` });

/** The eight bytes with which every PNG begins, and one more. */
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]).toString('base64');

describe('a comparison as a file', () => {
  it.each([
    [{ format: 'markdown', id: 'a' }, 'md', 'as markdown'],
    [{ format: 'json', id: 'a' }, 'json', 'as json'],
    [{ format: 'png', id: 'a', picture: png }, 'png', Buffer.from(png, 'base64')],
  ] as const)('%o', async (order, ending, content) => {
    const file = comparisonFile(order, { language: 'en', ask });
    expect(file.ending).toBe(ending);
    expect(await file.produce(signal)).toEqual(ok(content));
    expect(file.name()).toBe('gearway-web.v2-2026-11-25');
  });

  it('is none where the comparison is not known, whatever picture comes', async () => {
    const file = comparisonFile(
      { format: 'png', id: 'gone', picture: png },
      { language: 'en', ask: async () => fail('record_not_found') },
    );
    expect(await file.produce(signal)).toEqual(fail('record_not_found'));
  });

  it.each([
    ['a picture that is no PNG', { format: 'png', id: 'a', picture: 'PHN2Zz48L3N2Zz4=' }],
    ['a picture that is no base64', { format: 'png', id: 'a', picture: 'iVBORw0KGgo…' }],
    ['a text of the window’s own', { format: 'markdown', id: 'a', text: 'anything' }],
    ['another format', { format: 'exe', id: 'a' }],
  ])('is refused at the door: %s', (_name, order) => {
    expect(requests['shell.saveComparison'].input.safeParse(order).success).toBe(false);
  });
});
