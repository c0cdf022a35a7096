import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';

export type Only = 'all' | 'running' | 'ended';

/** Containers that fit, running ones first, then by name. What waits to run counts as running. Pure. */
export function listContainers(
  containers: readonly Container[],
  filter: string,
  only: Only,
): readonly Container[] {
  const wanted = filter.trim().toLowerCase();
  return containers
    .filter(({ status }) => only === 'all' || (status.kind === 'ended') === (only === 'ended'))
    .filter(
      ({ name, id, mode, resource, runtime }) =>
        wanted === '' ||
        [name, id, mode, resource, runtime].some((text) => text?.toLowerCase().includes(wanted) === true),
    )
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const ranks = { running: 0, pending: 1, ended: 2 } as const;
const rank = ({ status }: Container) => ranks[status.kind];

/** How many services each container has, by its id; one without any has no entry. Pure. */
export function countServices(
  services: readonly Pick<Service, 'containerId'>[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { containerId } of services) counts.set(containerId, (counts.get(containerId) ?? 0) + 1);
  return counts;
}
