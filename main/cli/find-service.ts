import type { EngineState } from '../../shared/contract/state.ts';
import type { Service } from '../../shared/model/service.ts';
import { own } from '../../shared/own.ts';

/** By local name, by mapping name, or as `container:port`. */
export function findService(state: EngineState, wanted: string): Service | undefined {
  const name = wanted.toLowerCase();
  return Object.values(state.services).find((service) => {
    const container = own(state.containers, service.containerId)?.name ?? '';
    return (
      service.name === name ||
      service.mappingName?.toLowerCase() === name ||
      service.id === wanted ||
      `${container}:${service.port}`.toLowerCase() === name
    );
  });
}
