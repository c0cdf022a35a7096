import { describe, expect, it } from 'vitest';
import { mappingRows } from './mapping-rows.ts';

const web = { name: 'web', port: 7860 };
const api = { name: 'api', port: 8080 };
const bare = { port: 9000 };

describe('the table of mappings', () => {
  it('shows what is in effect while nothing waits', () => {
    expect(mappingRows({ mappings: [api, web] })).toEqual({
      rows: [
        { mapping: web, state: 'stays' },
        { mapping: api, state: 'stays' },
      ],
      used: 2,
    });
  });

  it('marks what the next start adds and takes away', () => {
    expect(mappingRows({ mappings: [web, api], pendingMappings: [web, bare] })).toEqual({
      rows: [
        { mapping: web, state: 'stays' },
        { mapping: api, state: 'removed' },
        { mapping: bare, state: 'added' },
      ],
      used: 2,
    });
  });

  it('shows a renamed one as going and coming', () => {
    const renamed = { name: 'site', port: 7860 };
    const { rows } = mappingRows({ mappings: [web], pendingMappings: [renamed] });
    expect(rows.map(({ mapping, state }) => [mapping.name, state])).toEqual([
      ['site', 'added'],
      ['web', 'removed'],
    ]);
  });

  it('tells what stands by a note or by the last start from what the platform tells', () => {
    const rowsFrom = (mappingsFrom: 'platform' | 'sent' | 'noted') =>
      mappingRows({ mappings: [web, api], mappingsFrom, pendingMappings: [web, bare] }).rows;
    expect(rowsFrom('noted')).toEqual([
      { mapping: web, state: 'stays', by: 'noted' },
      { mapping: api, state: 'removed', by: 'noted' },
      { mapping: bare, state: 'added' },
    ]);
    expect(rowsFrom('sent').map(({ by }) => by)).toEqual(['sent', 'sent', undefined]);
    expect(rowsFrom('platform').some((row) => 'by' in row)).toBe(false);
  });

  it('has nothing to show where the platform does not tell', () => {
    expect(mappingRows({ mappings: 'unknown' })).toEqual({ rows: [], used: 0 });
  });
});
