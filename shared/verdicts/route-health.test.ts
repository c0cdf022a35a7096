import { describe, expect, it } from 'vitest';
import type { Facts, RouteHealth } from '../model/service.ts';
import { nextHealth } from './route-health.ts';

const good = (at: number, ms = 10): Facts => ({ at, steps: [{ name: 'http', kind: 'ok', ms }], totalMs: ms });
const bad = (at: number): Facts => ({
  at,
  steps: [{ name: 'tcp', kind: 'failed', ms: 3, error: { code: 'tcp_refused' } }],
  totalMs: 3,
});
const follow = (start: RouteHealth, ...facts: readonly Facts[]) => facts.reduce(nextHealth, start);
const unknown: RouteHealth = { state: 'unknown' };

describe('the verdict on a route', () => {
  it.each([
    ['works once', [good(1)], 'up'],
    ['never worked', [bad(1)], 'down'],
    ['failed once after it worked', [good(1), bad(2)], 'degraded'],
    ['failed twice after it worked', [good(1), bad(2), bad(3)], 'down'],
    ['works again after one failure', [good(1), bad(2), good(3)], 'up'],
    ['works again after an outage', [bad(1), bad(2), good(3)], 'up'],
    ['failed once more after coming back', [bad(1), good(2), bad(3)], 'degraded'],
  ] as const)('of one that %s', (_name, facts, state) => {
    expect(follow(unknown, ...facts).state).toBe(state);
  });

  it('remembers when it last worked while in doubt, and since when it is down', () => {
    expect(follow(unknown, good(1), bad(2))).toMatchObject({ state: 'degraded', verifiedAt: 1 });
    expect(follow(unknown, good(1), bad(2), bad(3), bad(4))).toMatchObject({ state: 'down', since: 3 });
  });

  it('remembers since when it works through a doubt, and when it last worked through an outage', () => {
    expect(follow(unknown, good(1), bad(2), good(3))).toMatchObject({ state: 'up', since: 1, verifiedAt: 3 });
    expect(follow(unknown, good(1), good(2), bad(3), bad(4), bad(5))).toMatchObject({
      since: 4,
      lastUpAt: 2,
    });
    expect(follow(unknown, good(1), bad(2), bad(3), good(9))).toMatchObject({ state: 'up', since: 9 });
    expect(follow(unknown, bad(1))).not.toHaveProperty('lastUpAt');
  });

  it('keeps the last twenty times, and none of a failure', () => {
    const many = Array.from({ length: 30 }, (_, index) => good(index, index));
    const health = follow(unknown, ...many, bad(31));
    expect('recentMs' in health && health.recentMs).toEqual(Array.from({ length: 20 }, (_, i) => i + 10));
  });
});
