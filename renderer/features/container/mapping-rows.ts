import type { Container, Mapping } from '../../../shared/model/container.ts';

/** One line of the table: a mapping and what the next start does with it. */
export interface MappingRow {
  readonly mapping: Mapping;
  readonly state: 'stays' | 'added' | 'removed';
}

/** What is in effect and what waits, as one list by port; `used` counts what the next start will have. Pure. */
export function mappingRows(container: Pick<Container, 'mappings' | 'pendingMappings'>): {
  readonly rows: readonly MappingRow[];
  readonly used: number;
} {
  const now = container.mappings === 'unknown' ? [] : container.mappings;
  const next = container.pendingMappings ?? now;
  const isIn = (list: readonly Mapping[], mapping: Mapping) =>
    list.some((other) => other.port === mapping.port && other.name === mapping.name);
  const rows: MappingRow[] = [
    ...next.map((mapping) => ({ mapping, state: isIn(now, mapping) ? 'stays' : 'added' }) as const),
    ...now
      .filter((mapping) => !isIn(next, mapping))
      .map((mapping) => ({ mapping, state: 'removed' }) as const),
  ];
  return { rows: rows.sort((a, b) => a.mapping.port - b.mapping.port), used: next.length };
}
