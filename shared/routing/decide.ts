import type { Route, RouteChoice, RouteHealth, RouteReason } from '../model/service.ts';

/** Where requests to a local address go, and why. `since`: when it began to be so, milliseconds since the epoch. */
export interface RouteDecision {
  readonly route?: Route;
  readonly reason: RouteReason;
  readonly since: number;
}

/** A route that works is left for a better one no sooner than this: pages must not flap between two. */
export const calmMs = 15_000;

/**
 * Chooses the route of a service. With `auto` an open tunnel comes before the public mapping: it is private and was
 * opened on purpose. A route in doubt is kept; one that is down is left at once; a better one that came back is
 * taken after a calm. Pure.
 */
export function decideRoute(facts: {
  readonly choice: RouteChoice;
  readonly public: RouteHealth;
  readonly tunnel: RouteHealth;
  readonly previous?: RouteDecision;
  readonly now: number;
}): RouteDecision {
  const { choice, previous, now } = facts;
  const wanted = choice === 'auto' ? automatic(facts) : { route: choice, reason: 'chosen' as const };
  if (previous === undefined || choice !== 'auto') return keepAge(wanted, previous, now);
  const leaves = previous.route !== undefined && wanted.route !== previous.route;
  if (
    leaves &&
    previous.reason !== 'chosen' &&
    isUsable(facts[previous.route]) &&
    now - previous.since < calmMs
  )
    return previous;
  return keepAge(wanted, previous, now);
}

function automatic(facts: { readonly public: RouteHealth; readonly tunnel: RouteHealth }): {
  readonly route?: Route;
  readonly reason: RouteReason;
} {
  const { public: mapping, tunnel } = facts;
  if (isUsable(tunnel)) return { route: 'tunnel', reason: whyTunnel(mapping) };
  if (isUsable(mapping))
    return { route: 'public', reason: tunnel.state === 'down' ? 'tunnel_down' : 'public_healthy' };
  // Nothing is known to work: what has not been asked yet is worth a try.
  if (tunnel.state === 'unknown') return { route: 'tunnel', reason: whyTunnel(mapping) };
  if (mapping.state === 'unknown') return { route: 'public', reason: 'public_healthy' };
  return { reason: 'none_healthy' };
}

const isUsable = (health: RouteHealth): boolean => health.state === 'up' || health.state === 'degraded';

function whyTunnel(mapping: RouteHealth): RouteReason {
  if (mapping.state === 'absent') return 'public_absent';
  if (mapping.state !== 'down') return 'tunnel_healthy';
  switch (mapping.error.code) {
    case 'public_timeout':
    case 'tcp_timeout':
      return 'public_timeout';
    case 'public_not_found':
      return 'public_not_found';
    case 'public_bad_gateway':
      return 'public_bad_gateway';
    default:
      return 'public_down';
  }
}

const keepAge = (
  wanted: { readonly route?: Route; readonly reason: RouteReason },
  previous: RouteDecision | undefined,
  now: number,
): RouteDecision => ({
  ...wanted,
  since: previous !== undefined && previous.route === wanted.route ? previous.since : now,
});
