import type { Container } from '../../../shared/model/container.ts';
import type { Service } from '../../../shared/model/service.ts';
import { keepOrder } from '../../store/use-held-order.ts';

/** Services of one container, for the list. */
export interface ServiceGroup {
  readonly container: Container;
  readonly services: readonly Service[];
}

/**
 * All services by container: running containers first, those without services last, then those with a marked service,
 * then by name; in one container marked ones first, then by port. With a filter only what matches, by service, kind,
 * port, address or container; a container without a match is left out. Pure.
 */
export function groupServices(
  containers: Readonly<Record<string, Container>>,
  services: Readonly<Record<string, Service>>,
  filter: string,
  marked: readonly string[] = [],
): readonly ServiceGroup[] {
  const marks = new Set(marked);
  const unmarked = ({ id }: Service) => (marks.has(id) ? 0 : 1);
  const unmarkedGroup = (group: ServiceGroup) => Math.min(1, ...group.services.map(unmarked));
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
        .sort((a, b) => unmarked(a) - unmarked(b) || a.port - b.port),
    }))
    .filter((group) => wanted === '' || group.services.length > 0)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        unmarkedGroup(a) - unmarkedGroup(b) ||
        byName.compare(a.container.name, b.container.name),
    );
}

/** The same services in the order that they had before; what is new comes after. For a list that a person points at. */
export function inOrderOf(
  before: readonly ServiceGroup[],
  now: readonly ServiceGroup[],
): readonly ServiceGroup[] {
  const lists = new Map(before.map(({ container, services }) => [container.id, services]));
  return keepOrder(before, now, ({ container }) => container.id).map((group) => ({
    ...group,
    services: keepOrder(lists.get(group.container.id) ?? [], group.services, ({ id }) => id),
  }));
}

/** Groups in which nothing changed stay the same objects, so that they are not drawn again. */
export function reuseGroups(
  before: readonly ServiceGroup[],
  now: readonly ServiceGroup[],
): readonly ServiceGroup[] {
  const known = new Map(before.map((group) => [group.container.id, group]));
  return now.map((group) => {
    const old = known.get(group.container.id);
    const isSame =
      old?.container === group.container &&
      old.services.length === group.services.length &&
      old.services.every((service, index) => service === group.services[index]);
    return isSame ? old : group;
  });
}

/** Made once: `localeCompare` makes one for each comparison. */
const byName = new Intl.Collator();

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
