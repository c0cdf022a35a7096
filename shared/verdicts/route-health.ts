import type { Facts, RouteHealth } from '../model/service.ts';
import type { AppError } from '../result.ts';

/** How many of the last times are kept for the line that a person sees. */
const mostRecent = 20;

/** What the facts hold against the route; `undefined` when they show that it works. */
export function failureOf(facts: Facts): AppError | undefined {
  for (const step of facts.steps) if (step.kind === 'failed') return step.error;
  return undefined;
}

/**
 * The verdict on one route after one more probe. One failure of a route that worked is a doubt (`degraded`: the
 * route is still used), the second in a row is an outage; a route that never worked is down at once. One success
 * ends both: a person who repaired something sees it at the next look.
 */
export function nextHealth(previous: RouteHealth, asked: Facts): RouteHealth {
  const error = failureOf(asked);
  const facts = withUpgrade(previous, asked);
  const recentMs = 'recentMs' in previous ? previous.recentMs : [];
  if (error === undefined) {
    return {
      state: 'up',
      verifiedAt: facts.at,
      since: sinceOf(previous) ?? facts.at,
      facts,
      // Where nothing was asked, nothing was timed.
      recentMs:
        facts.isSeenOnly === true
          ? recentMs
          : [...recentMs, facts.firstByteMs ?? facts.totalMs].slice(-mostRecent),
    };
  }
  switch (previous.state) {
    case 'up':
      return { ...previous, state: 'degraded', error, facts, recentMs };
    case 'down':
      return { ...previous, error, facts, recentMs };
    case 'degraded':
      return { state: 'down', since: facts.at, lastUpAt: previous.verifiedAt, error, facts, recentMs };
    case 'absent':
    case 'unknown':
      return { state: 'down', since: facts.at, error, facts, recentMs };
  }
}

/** Since when it works; a doubt in between does not end that. */
const sinceOf = (health: RouteHealth): number | undefined =>
  health.state === 'up' || health.state === 'degraded' ? health.since : undefined;

/** WebSocket is not asked about each time: what is known of a life of the service stays. */
function withUpgrade(previous: RouteHealth, facts: Facts): Facts {
  const known = previous.state === 'up' || previous.state === 'degraded' ? previous.facts.upgrade : undefined;
  return facts.upgrade !== undefined || known === undefined ? facts : { ...facts, upgrade: known };
}
