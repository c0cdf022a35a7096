import type { Container } from '../../../shared/model/container.ts';

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
