import type { RouteHealth } from '../../../shared/model/service.ts';
import type { Random } from '../base/effects.ts';
import { probeDeadlineMs } from './probe-public.ts';

/** Milliseconds between two questions of one route while somebody looks. */
const calmMs = 20_000;
const doubtMs = 2_000;
const outageMs = 8_000;
/** Nobody looks: an address that is opened from elsewhere still finds a fresh verdict within two minutes. */
const hiddenFactor = 6;

/** All routes together are asked no oftener than five times a second, however many there are. */
const leastBetweenMs = 200;
/** Jitter, to either side, so that many spread out. */
const jitter = 0.2;

/** When a route is asked again: soon after a first failure, seldom when all is well; ± 20 %, so that many spread out. */
export function nextProbeMs(health: RouteHealth, hidden: boolean, random: Random, routes = 1): number {
  return Math.round(usualMs(health.state, hidden, routes) * (1 - jitter + 2 * jitter * random()));
}

function usualMs(state: RouteHealth['state'], hidden: boolean, routes: number): number {
  const base = { up: calmMs, degraded: doubtMs, down: outageMs, unknown: doubtMs, absent: calmMs }[state];
  const calm = state === 'up' || state === 'down';
  const paced = calm ? Math.max(base, routes * leastBetweenMs) : base;
  return paced * (hidden ? hiddenFactor : 1);
}

/**
 * For how long an answer counts, in ms: two of the longest intervals and the time that two questions may take. A route
 * of which nothing was heard for longer (the machine slept, the network is away, the line is full) is unknown again.
 */
export const staleAfterMs = (hidden: boolean, routes: number): number =>
  2 * (1 + jitter) * usualMs('up', hidden, routes) + 2 * probeDeadlineMs;
