import { gateMark } from '../../../shared/gate/index.ts';
import type { Gate, GateMark } from '../../../shared/model/gate.ts';
import type { Clock } from '../base/effects.ts';
import type { Secret } from '../base/secret.ts';

/** What is known of gates: written by `Gates`, read by whoever shows a service or goes to it. By the service's id. */
export interface GateBook {
  readonly gates: Map<string, Gate>;
  /** By which this person's own requests pass. */
  readonly keys: Map<string, Secret>;
  /** The key, where a gate runs that asks for it: nobody else needs to see it. */
  key(serviceId: string): Secret | undefined;
  mark(serviceId: string): GateMark | undefined;
}

export function createGateBook(clock: Clock): GateBook {
  const gates = new Map<string, Gate>();
  const keys = new Map<string, Secret>();
  return {
    gates,
    keys,
    key: (serviceId) => (gates.get(serviceId)?.state === 'running' ? keys.get(serviceId) : undefined),
    mark(serviceId) {
      const gate = gates.get(serviceId);
      return gate === undefined ? undefined : gateMark(gate, clock.now());
    },
  };
}
