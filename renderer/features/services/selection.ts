import type { Container } from '../../../shared/model/container.ts';
import type { Launch } from '../../../shared/model/launch.ts';
import { type Service, serviceId } from '../../../shared/model/service.ts';

/** What can be done with services that are selected: for each action those for which it means anything. Pure. */
export function selectionOf({
  selected,
  services,
  launches,
  containers,
}: {
  readonly selected: ReadonlySet<string>;
  readonly services: Readonly<Record<string, Service>>;
  readonly launches: Readonly<Record<string, Launch>>;
  readonly containers: Readonly<Record<string, Container>>;
}): {
  readonly count: number;
  readonly toOpen: readonly string[];
  readonly toClose: readonly string[];
  readonly toCompare: readonly string[];
  readonly toStop: readonly Launch[];
} {
  const there = [...selected].flatMap((id) => (Object.hasOwn(services, id) ? [services[id]] : []));
  const all = there.filter((service) => service !== undefined);
  const runs = ({ containerId }: Service) =>
    Object.hasOwn(containers, containerId) && containers[containerId]?.status.kind === 'running';
  const isClosed = ({ tunnel }: Service) => tunnel.state.kind === 'closed' || tunnel.state.kind === 'failed';
  return {
    count: all.length,
    toOpen: all.filter((service) => runs(service) && isClosed(service)).map(({ id }) => id),
    toClose: all.filter(({ tunnel }) => tunnel.state.kind !== 'closed').map(({ id }) => id),
    toCompare: all.filter(runs).map(({ id }) => id),
    toStop: Object.values(launches).filter(
      ({ containerId, port, state }) =>
        port !== undefined && selected.has(serviceId(containerId, port)) && state.kind !== 'ended',
    ),
  };
}
