import type { EngineMemory } from '../memory.ts';

/**
 * What memory holds for the containers of accounts: open tunnels, mappings that wait for a start, mappings noted by
 * hand. Takes it away with the last account; gives what puts it back, beside whatever came meanwhile.
 */
export function takeTraces(memory: EngineMemory): { clearIfNobody(): void; putBack(): void } {
  const { tunnels, pendingMappings, notedMappings } = memory.read();
  return {
    clearIfNobody() {
      if (memory.read().accounts.length > 0) return;
      memory.update({ tunnels: [], pendingMappings: {}, notedMappings: {} });
    },
    putBack() {
      const now = memory.read();
      const isThere = new Set(now.tunnels.map(({ serviceId }) => serviceId));
      memory.update({
        tunnels: [...now.tunnels, ...tunnels.filter(({ serviceId }) => !isThere.has(serviceId))],
        pendingMappings: { ...pendingMappings, ...now.pendingMappings },
        notedMappings: { ...notedMappings, ...now.notedMappings },
      });
    },
  };
}
