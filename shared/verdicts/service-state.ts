import type { Service } from '../model/service.ts';

/**
 * A service in one word, whichever way it is reached. `up`: a route answers. `degraded`: the best one is in doubt.
 * `down`: every route that there is fails. `closed`: there is no route now. `unknown`: nothing was heard yet.
 */
export type ServiceState = 'up' | 'degraded' | 'down' | 'closed' | 'unknown';

export function serviceState({ health }: Pick<Service, 'health'>): ServiceState {
  const states = [health.public.state, health.tunnel.state];
  for (const state of ['up', 'degraded', 'unknown', 'down'] as const)
    if (states.includes(state)) return state;
  return 'closed';
}
