import type { Route, RouteChoice, RouteHealth, RouteReason } from '../model/service.ts';

/** Where requests to a local address go, and why. Times in milliseconds since the epoch. */
export interface RouteDecision {
  readonly route?: Route;
  readonly reason: RouteReason;
  /** When it began to be so. */
  readonly since: number;
  /** Since when another route would be better without a break: it is taken after a calm. */
  readonly betterSince?: number;
}

/** A route that works is left only for one that was better for so long: pages must not flap between two. */
export const calmMs = 15_000;

/** The public route is preferred for its speed only where it is this much faster, in both measures. */
const muchFaster = { times: 2, ms: 20, samples: 3 } as const;

/**
 * Chooses the route of a service. With `auto` an open tunnel comes before the public mapping, because it is private
 * and was opened on purpose, unless the mapping was measured to be much faster. A route in doubt is kept; one that is
 * down is left at once; a better one is taken when it was better for a calm without a break. Pure.
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
  if (previous === undefined || choice !== 'auto' || previous.reason === 'chosen')
    return keepAge(wanted, previous, now);
  const leaves = previous.route !== undefined && wanted.route !== previous.route;
  if (leaves && isUsable(facts[previous.route])) {
    const betterSince = previous.betterSince ?? now;
    if (now - betterSince < calmMs) return { ...previous, betterSince };
  }
  return keepAge(wanted, previous, now);
}

/** When the decision could change with time alone; `undefined` when only new facts can change it. */
export const decideAgainAt = (decision: RouteDecision): number | undefined =>
  decision.betterSince === undefined ? undefined : decision.betterSince + calmMs;

function automatic(facts: { readonly public: RouteHealth; readonly tunnel: RouteHealth }): {
  readonly route?: Route;
  readonly reason: RouteReason;
} {
  const { public: mapping, tunnel } = facts;
  if (isUsable(tunnel) && isUsable(mapping) && isMuchFaster(mapping, tunnel))
    return { route: 'public', reason: 'public_faster' };
  if (isUsable(tunnel)) return { route: 'tunnel', reason: whyTunnel(mapping) };
  if (isUsable(mapping))
    return { route: 'public', reason: tunnel.state === 'down' ? 'tunnel_down' : 'public_healthy' };
  // Nothing is known to work: what has not been asked yet is worth a try.
  if (tunnel.state === 'unknown')
    return { route: 'tunnel', reason: mapping.state === 'unknown' ? 'not_asked_yet' : whyTunnel(mapping) };
  if (mapping.state === 'unknown')
    return { route: 'public', reason: tunnel.state === 'down' ? 'tunnel_down' : 'not_asked_yet' };
  return { reason: 'none_healthy' };
}

const isUsable = (health: RouteHealth): boolean => health.state === 'up' || health.state === 'degraded';

function isMuchFaster(one: RouteHealth, other: RouteHealth): boolean {
  const [fast, slow] = [typicalMs(one), typicalMs(other)];
  if (fast === undefined || slow === undefined) return false;
  return slow >= fast * muchFaster.times && slow - fast >= muchFaster.ms;
}

function typicalMs(health: RouteHealth): number | undefined {
  if (health.state !== 'up' || health.recentMs.length < muchFaster.samples) return undefined;
  return health.recentMs.toSorted((a, b) => a - b)[Math.floor(health.recentMs.length / 2)];
}

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
