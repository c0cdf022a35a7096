import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';

/** Services of one container, for the list. */
export interface ServiceGroup {
  readonly container: Container;
  readonly services: readonly Service[];
}

/**
 * All services by container: running containers first, those without services last, then by name; in one container by port. With a filter only
 * what matches, by service, kind, port, address or container; a container without a match is left out. Pure.
 */
export function groupServices(
  containers: Readonly<Record<string, Container>>,
  services: Readonly<Record<string, Service>>,
  filter: string,
): readonly ServiceGroup[] {
  const wanted = filter.trim().toLowerCase();
  const byContainer = new Map<string, Service[]>();
  for (const service of Object.values(services)) {
    const list = byContainer.get(service.containerId);
    if (list === undefined) byContainer.set(service.containerId, [service]);
    else list.push(service);
  }
  return Object.values(containers)
    .map((container) => ({
      container,
      services: (byContainer.get(container.id) ?? [])
        .filter((service) => wanted === '' || matches(service, container, wanted))
        .sort((a, b) => a.port - b.port),
    }))
    .filter((group) => wanted === '' || group.services.length > 0)
    .sort((a, b) => rank(a) - rank(b) || a.container.name.localeCompare(b.container.name));
}

const ranks = { running: 0, pending: 1, ended: 2 } as const;
const rank = ({ container, services }: ServiceGroup) =>
  ranks[container.status.kind] + (services.length === 0 ? 3 : 0);

function matches(service: Service, container: Container, wanted: string): boolean {
  const { exposure } = service;
  const words = [
    service.name,
    service.kindName,
    service.mappingName,
    `:${service.port}`,
    container.name,
    'url' in exposure ? exposure.url : undefined,
  ];
  return words.some((word) => word?.toLowerCase().includes(wanted) === true);
}

/** Something is wrong with it that a person can do something about. */
export const needsAttention = (service: Service): boolean =>
  service.findings.some(({ code }) => !calm.has(code)) || service.tunnel.state.kind === 'failed';

/** True of a service, but nothing is wrong. */
const calm: ReadonlySet<string> = new Set(['tunnel_only', 'mapping_pending', 'open_to_anyone']);
