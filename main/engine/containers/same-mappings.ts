import type { Mapping } from '../../../shared/model/container.ts';

/** Do both lists expose the same ports under the same names? Order means nothing. */
export function sameMappings(a: readonly Mapping[], b: readonly Mapping[]): boolean {
  const lines = (mappings: readonly Mapping[]) =>
    mappings
      .map((mapping) => `${mapping.port} ${mapping.name?.toLowerCase() ?? ''}`)
      .sort()
      .join('\n');
  return lines(a) === lines(b);
}
