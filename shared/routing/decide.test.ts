import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../errors.ts';
import type { RouteHealth } from '../model/service.ts';
import { calmMs, decideAgainAt, decideRoute, type RouteDecision } from './decide.ts';

const facts = { at: 0, steps: [], totalMs: 1 };
const up: RouteHealth = { state: 'up', verifiedAt: 0, facts, recentMs: [] };
const doubt: RouteHealth = {
  state: 'degraded',
  verifiedAt: 0,
  error: { code: 'tcp_refused' },
  facts,
  recentMs: [],
};
const down = (code: ErrorCode = 'tcp_refused'): RouteHealth => ({
  state: 'down',
  since: 0,
  error: { code },
  facts,
  recentMs: [],
});
const measured = (ms: number): RouteHealth => ({
  state: 'up',
  verifiedAt: 0,
  facts,
  recentMs: [ms, ms, ms],
});
const absent: RouteHealth = { state: 'absent' };
const unknown: RouteHealth = { state: 'unknown' };

describe('the route of a local address', () => {
  it.each<[string, RouteHealth, RouteHealth, string | undefined, string]>([
    ['an open tunnel before the mapping', up, up, 'tunnel', 'tunnel_healthy'],
    ['the mapping when there is no tunnel', up, absent, 'public', 'public_healthy'],
    ['the tunnel when there is no mapping', absent, up, 'tunnel', 'public_absent'],
    [
      'the tunnel when nothing listens for the edge',
      down('public_bad_gateway'),
      up,
      'tunnel',
      'public_bad_gateway',
    ],
    ['the tunnel when the edge is too slow', down('public_timeout'), up, 'tunnel', 'public_timeout'],
    ['the tunnel when the edge does not know it', down('public_not_found'), up, 'tunnel', 'public_not_found'],
    ['the tunnel when the way is cut', down('tls_failed'), up, 'tunnel', 'public_down'],
    ['the mapping when the tunnel is down', up, down(), 'public', 'tunnel_down'],
    ['a route in doubt rather than none', doubt, down(), 'public', 'tunnel_down'],
    ['what was not asked yet', unknown, absent, 'public', 'not_asked_yet'],
    ['the tunnel when nothing was asked yet', unknown, unknown, 'tunnel', 'not_asked_yet'],
    ['the mapping when it is much faster', measured(10), measured(90), 'public', 'public_faster'],
    [
      'the tunnel when the mapping is faster by what nobody notices',
      measured(5),
      measured(24),
      'tunnel',
      'tunnel_healthy',
    ],
    ['the mapping when it is faster by just enough', measured(20), measured(40), 'public', 'public_faster'],
    [
      'the tunnel when the mapping is a little faster',
      measured(80),
      measured(90),
      'tunnel',
      'tunnel_healthy',
    ],
    ['the tunnel, not asked yet, when the mapping is down', down(), unknown, 'tunnel', 'public_down'],
    ['none when all are down', down(), down(), undefined, 'none_healthy'],
    ['none when there are none', absent, absent, undefined, 'none_healthy'],
  ])('is %s', (_name, mapping, tunnel, route, reason) => {
    const decided = decideRoute({ choice: 'auto', public: mapping, tunnel, now: 5 });
    expect(decided).toEqual({ route, reason, since: 5 });
  });

  it('is what the person chose, whatever its health', () => {
    expect(decideRoute({ choice: 'public', public: down(), tunnel: up, now: 0 })).toMatchObject({
      route: 'public',
      reason: 'chosen',
    });
  });

  const onPublic: RouteDecision = { route: 'public', reason: 'tunnel_down', since: 100 };
  it('takes a better route only when it was better for a calm without a break', () => {
    let decision = onPublic;
    const ask = (now: number, tunnel: RouteHealth = up, mapping: RouteHealth = up) => {
      decision = decideRoute({ choice: 'auto', public: mapping, tunnel, previous: decision, now });
      return decision.route;
    };
    expect(ask(100 + calmMs)).toBe('public');
    expect(decideAgainAt(decision)).toBe(100 + 2 * calmMs);
    expect(ask(101 + calmMs, down())).toBe('public');
    expect(decideAgainAt(decision)).toBeUndefined();
    expect(ask(102 + calmMs)).toBe('public');
    expect(ask(101 + 2 * calmMs)).toBe('public');
    expect(ask(102 + 2 * calmMs)).toBe('tunnel');
  });

  it('leaves a route that is down at once, and keeps one in doubt', () => {
    const ask = (mapping: RouteHealth) =>
      decideRoute({ choice: 'auto', public: mapping, tunnel: up, previous: onPublic, now: 101 }).route;
    expect(ask(doubt)).toBe('public');
    expect(ask(down())).toBe('tunnel');
  });

  it('keeps the age of a route while only the reason changes', () => {
    const next = decideRoute({ choice: 'auto', public: up, tunnel: absent, previous: onPublic, now: 900 });
    expect(next).toEqual({ route: 'public', reason: 'public_healthy', since: 100 });
  });
});
