import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { KnownService, WantedTunnel } from '../../../shared/model/memory.ts';
import { serviceId } from '../../../shared/model/service.ts';
import { localName } from '../../../shared/platform-rules/index.ts';
import type { Listening } from '../../../shared/probe/index.ts';

/** A service that the person or the container knows of; what it looks like is `view.ts`. */
export interface ServiceEntry {
  readonly id: string;
  readonly containerId: string;
  readonly port: number;
  readonly name: string;
  /** The name that it would have had, where another service holds that. */
  readonly clash?: string;
  readonly byHand: boolean;
  readonly isLeftAlone?: boolean;
}

/** Inside every container, and no service of the person's: the SSH server that Gearway itself comes in by. */
const ownPort = 22;

/**
 * All services of all containers: those mapped (now or by the next start), those
 * that were seen to listen, those with a tunnel, those added by hand. Names that
 * were given stay: an address that worked yesterday means the same service today.
 */
export function listServices(sources: {
  readonly containers: readonly Container[];
  readonly listening: ReadonlyMap<string, readonly Listening[]>;
  readonly known: readonly KnownService[];
  readonly tunnels: readonly WantedTunnel[];
}): readonly ServiceEntry[] {
  const taken = new Set(sources.known.map((known) => known.name));
  const entries: ServiceEntry[] = [];
  const knownOf = new Map<string, KnownService[]>();
  for (const service of sources.known) {
    const others = knownOf.get(service.containerId);
    if (others === undefined) knownOf.set(service.containerId, [service]);
    else others.push(service);
  }
  for (const container of sources.containers) {
    const known = knownOf.get(container.id) ?? [];
    const mappings = new Map(
      [...namedMappings(container.mappings), ...namedMappings(container.pendingMappings)].map((mapping) => [
        mapping.port,
        mapping,
      ]),
    );
    const ports = new Set([
      ...mappings.keys(),
      ...(sources.listening.get(container.id) ?? []).map((listens) => listens.port),
      ...sources.tunnels.filter((tunnel) => tunnel.open).flatMap((tunnel) => portOf(tunnel, container.id)),
      ...known.filter((service) => service.byHand).map((service) => service.port),
    ]);
    for (const port of [...ports].filter((port) => port !== ownPort).sort((a, b) => a - b)) {
      const before = known.find((service) => service.port === port);
      const called = mappings.get(port)?.name ?? usualName(container.name, port);
      const name = before?.name ?? localName(called, taken);
      const wanted = localName(called, new Set());
      const isClash = wanted !== name && taken.has(wanted);
      taken.add(name);
      entries.push({
        id: serviceId(container.id, port),
        containerId: container.id,
        port,
        name,
        ...(isClash ? { clash: wanted } : {}),
        byHand: before?.byHand ?? false,
        isLeftAlone: before?.isLeftAlone ?? false,
      });
    }
  }
  return entries;
}

/** Its local name where no mapping gives one; free among those that are known. */
export const serviceName = (wanted: {
  readonly containerName: string;
  readonly port: number;
  readonly known: readonly KnownService[];
}): string =>
  localName(usualName(wanted.containerName, wanted.port), new Set(wanted.known.map((known) => known.name)));

const usualName = (containerName: string, port: number): string =>
  wellKnownName(port) ?? `${containerName}-${port}`;

const namedMappings = (mappings: readonly Mapping[] | 'unknown' | undefined): readonly Mapping[] =>
  mappings === undefined || mappings === 'unknown' ? [] : mappings;

const portOf = (tunnel: WantedTunnel, containerId: string): readonly number[] =>
  tunnel.serviceId.startsWith(`${containerId}:`)
    ? [Number(tunnel.serviceId.slice(containerId.length + 1))]
    : [];

/** Names that people give to these ports anyway (the programs' own defaults). */
function wellKnownName(port: number): string | undefined {
  return new Map([
    [3306, 'mysql'],
    [5432, 'postgres'],
    [5901, 'vnc'],
    [6006, 'tensorboard'],
    [6379, 'redis'],
    [7860, 'gradio'],
    [8188, 'comfyui'],
    [8501, 'streamlit'],
    [8888, 'jupyter'],
    [11434, 'ollama'],
  ]).get(port);
}
