import { type EngineState, initialEngineState } from '../../../shared/contract/state.ts';
import type { Facts, RouteHealth, Service, TunnelState } from '../../../shared/model/service.ts';
import { fail } from '../../../shared/result.ts';

const facts: Facts = { at: 0, steps: [], totalMs: 1 };
const error = fail('public_bad_gateway').error;

/** A verdict for tests, by its word. */
function makeHealth(state: RouteHealth['state']): RouteHealth {
  switch (state) {
    case 'absent':
    case 'unknown':
      return { state };
    case 'up':
      return { state, verifiedAt: 0, facts, recentMs: [] };
    case 'degraded':
      return { state, verifiedAt: 0, error, facts, recentMs: [] };
    case 'down':
      return { state, since: 0, error, facts, recentMs: [] };
  }
}

/** A service for tests: mapped, and reached both ways unless said otherwise. */
export function makeService(
  name: string,
  part: Partial<Service> & {
    readonly public?: RouteHealth['state'];
    readonly via?: RouteHealth['state'];
    readonly tunnelState?: TunnelState;
  } = {},
): Service {
  const { public: publicState = 'up', via = 'absent', tunnelState = { kind: 'closed' }, ...rest } = part;
  return {
    id: `c:${name}`,
    containerId: 'c',
    port: 7860,
    name,
    protocol: 'http',
    exposure: { kind: 'mapped', url: `https://demo-${name}.gear.example` },
    byHand: false,
    tunnel: { state: tunnelState },
    health: { public: makeHealth(publicState), tunnel: makeHealth(via) },
    findings: [],
    ...rest,
  };
}

export const stateWith = (...services: readonly Service[]): EngineState => ({
  ...initialEngineState,
  services: Object.fromEntries(services.map((service) => [service.id, service])),
});
