import type { Container, Mapping } from '../../../shared/model/container.ts';

/** One line of the table: a mapping and what the next start does with it. */
export interface MappingRow {
  readonly mapping: Mapping;
  readonly state: 'stays' | 'added' | 'removed';
  /** In effect, but not by the platform's own word: sent with the last start, or noted by hand. */
  readonly by?: 'sent' | 'noted';
}

/** What is in effect and what waits, as one list by port; `used` counts what the next start will have. Pure. */
export function mappingRows(container: Pick<Container, 'mappings' | 'mappingsFrom' | 'pendingMappings'>): {
  readonly rows: readonly MappingRow[];
  readonly used: number;
} {
  const now = container.mappings === 'unknown' ? [] : container.mappings;
  const next = container.pendingMappings ?? now;
  const isIn = (list: readonly Mapping[], mapping: Mapping) =>
    list.some((other) => other.port === mapping.port && other.name === mapping.name);
  const { mappingsFrom: from } = container;
  const origin = from === undefined || from === 'platform' ? {} : { by: from };
  const rows: MappingRow[] = [
    ...next.map((mapping) =>
      isIn(now, mapping)
        ? ({ mapping, state: 'stays', ...origin } as const)
        : ({ mapping, state: 'added' } as const),
    ),
    ...now
      .filter((mapping) => !isIn(next, mapping))
      .map((mapping) => ({ mapping, state: 'removed', ...origin }) as const),
  ];
  return { rows: rows.sort((a, b) => a.mapping.port - b.mapping.port), used: next.length };
}
