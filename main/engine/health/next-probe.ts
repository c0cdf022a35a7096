import type { RouteHealth } from '../../../shared/model/service.ts';
import type { Random } from '../effects.ts';

/** Milliseconds between two questions of one route while somebody looks. */
const calmMs = 20_000;
const doubtMs = 2_000;
const outageMs = 8_000;
/** Nobody looks: an address that is opened from elsewhere still finds a fresh verdict within two minutes. */
const hiddenFactor = 6;

/** All routes together are asked no oftener than eight times a second, however many there are. */
const leastBetweenMs = 125;

/** When a route is asked again: soon after a first failure, seldom when all is well; ± 20 %, so that many spread out. */
export function nextProbeMs(health: RouteHealth, hidden: boolean, random: Random, routes = 1): number {
  const base = { up: calmMs, degraded: doubtMs, down: outageMs, unknown: doubtMs, absent: calmMs }[
    health.state
  ];
  const calm = health.state === 'up' || health.state === 'down';
  const paced = calm ? Math.max(base, routes * leastBetweenMs) : base;
  return Math.round(paced * (hidden ? hiddenFactor : 1) * (0.8 + 0.4 * random()));
}
