import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { MappingContext } from '../../../shared/platform-rules/index.ts';

/** What a draft for this container must agree with: its own next mappings, and the names that others hold. Pure. */
export const mappingContext = (
  user: string,
  container: Container,
  all: readonly Container[],
): MappingContext => ({
  user,
  containerId: container.id,
  containerName: container.name,
  existing: container.pendingMappings ?? inEffect(container),
  others: all
    .filter((other) => other.id !== container.id)
    .map((other) => ({
      containerId: other.id,
      containerName: other.name,
      stopped: other.status.kind === 'ended',
      mappings: [...inEffect(other), ...(other.pendingMappings ?? [])],
    })),
});

const inEffect = ({ mappings }: Container): readonly Mapping[] => (mappings === 'unknown' ? [] : mappings);
