import type { KnownService, Memory } from '../../../shared/model/memory.ts';
import { readServiceId, serviceId } from '../../../shared/model/service.ts';

/** What is remembered of containers, beside what was measured. */
export type OfContainers = Pick<Memory, 'tunnels' | 'pendingMappings' | 'notedMappings' | 'services'>;

/**
 * Without these containers, or without any. Names of services that a person added stay, as those do; the others are free again: whoever
 * tries the application first and signs in then finds services called as their mappings are, and no `web-2`. Pure.
 */
export function withoutContainers(
  { tunnels, pendingMappings, notedMappings, services }: OfContainers,
  gone?: ReadonlySet<string>,
): OfContainers {
  const stays = (id: string) => gone !== undefined && !gone.has(id);
  const others = <T>(of: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(of).filter(([id]) => stays(id)));
  return {
    tunnels: tunnels.filter(({ serviceId: id }) => stays(readServiceId(id)?.containerId ?? '')),
    pendingMappings: others(pendingMappings),
    notedMappings: others(notedMappings),
    services: services.filter(({ containerId, byHand }) => byHand || stays(containerId)),
  };
}

/** What was there before, put back beside what came since; a name that another service took meanwhile stays there. Pure. */
export function withContainers(now: OfContainers, before: OfContainers): OfContainers {
  const open = new Set(now.tunnels.map(({ serviceId: id }) => id));
  const known = new Set(now.services.map(idOf));
  const names = new Set(now.services.map(({ name }) => name));
  const isFree = (service: KnownService) => !known.has(idOf(service)) && !names.has(service.name);
  return {
    tunnels: [...now.tunnels, ...before.tunnels.filter(({ serviceId: id }) => !open.has(id))],
    pendingMappings: { ...before.pendingMappings, ...now.pendingMappings },
    notedMappings: { ...before.notedMappings, ...now.notedMappings },
    services: [...now.services, ...before.services.filter(isFree)],
  };
}

const idOf = ({ containerId, port }: KnownService): string => serviceId(containerId, port);
