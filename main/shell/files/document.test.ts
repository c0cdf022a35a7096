import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Format, readDocument, writeDocument } from './document.ts';

/** Version 3: `colour` became `theme`, then `tabs` was counted from one. */
const format = {
  schema: z.strictObject({
    theme: z.enum(['light', 'dark']).default('light'),
    tabs: z.int().default(1),
  }),
  migrations: [
    ({ colour, ...rest }) => ({ ...rest, theme: colour === 'black' ? 'dark' : 'light' }),
    (content) => ({ ...content, tabs: Number(content.tabs ?? 0) + 1 }),
  ],
} satisfies Format<{ theme: 'light' | 'dark'; tabs: number }>;

describe('reading a file of ours', () => {
  it.each([
    ['no file', undefined, { kind: 'read', value: { theme: 'light', tabs: 1 } }],
    [
      'the first shape, without a number',
      { content: { colour: 'black', tabs: 4 } },
      { kind: 'read', value: { theme: 'dark', tabs: 5 } },
    ],
    [
      'the second shape',
      { version: 2, content: { theme: 'dark', tabs: 4 } },
      { kind: 'read', value: { theme: 'dark', tabs: 5 } },
    ],
    [
      'the present shape',
      { version: 3, content: { theme: 'dark', tabs: 4 } },
      { kind: 'read', value: { theme: 'dark', tabs: 4 } },
    ],
    [
      'one wrong field, which takes its default',
      { version: 3, content: { theme: 'pink', tabs: 4 } },
      { kind: 'damaged', value: { theme: 'light', tabs: 4 }, lost: ['theme'] },
    ],
    [
      'a field that nobody knows, which is let go',
      { version: 3, content: { tabs: 4, sound: 'loud' } },
      { kind: 'read', value: { theme: 'light', tabs: 4 } },
    ],
    [
      'a later version, read as far as it is understood',
      { version: 4, content: { theme: 'dark', tabs: 'many' } },
      { kind: 'newer', value: { theme: 'dark', tabs: 1 } },
    ],
  ])('takes %s', (_name, found, expected) => {
    expect(readDocument(found, format)).toEqual(expected);
  });

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { version: 3 },
    { version: 0, content: {} },
    { version: 1.5, content: {} },
    { version: '3', content: {} },
    { version: 3, content: [] },
    { version: 3, content: null },
  ])('calls %j damaged', (found) => {
    expect(readDocument(found, format)).toMatchObject({
      kind: 'damaged',
      value: { theme: 'light', tabs: 1 },
    });
  });

  it('reads what it writes', () => {
    const value = { theme: 'dark', tabs: 9 } as const;
    expect(readDocument(JSON.parse(JSON.stringify(writeDocument(value, format))), format)).toEqual({
      kind: 'read',
      value,
    });
  });
});
