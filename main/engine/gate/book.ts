import { gateMark } from '../../../shared/gate/index.ts';
import type { Gate, GateMark } from '../../../shared/model/gate.ts';
import type { Clock } from '../base/effects.ts';
import type { Secret } from '../base/secret.ts';

/** What is known of gates: written by `Gates`, read by whoever shows a service or goes to it. By the service's id. */
export interface GateBook {
  readonly gates: Map<string, Gate>;
  /** By which this person's own requests pass. */
  readonly keys: Map<string, Secret>;
  mark(serviceId: string): GateMark | undefined;
}

export function createGateBook(clock: Clock): GateBook {
  const gates = new Map<string, Gate>();
  return {
    gates,
    keys: new Map(),
    mark(serviceId) {
      const gate = gates.get(serviceId);
      return gate === undefined ? undefined : gateMark(gate, clock.now());
    },
  };
}
