import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/service.ts';
import type { Clock } from '../base/effects.ts';
import { createHealth, type Health } from './health.ts';
import { createHostBudget } from './host-budget.ts';
import { nextProbeMs, staleAfterMs } from './next-probe.ts';

const good: Facts = { at: 0, steps: [], totalMs: 5, status: 200 };
const bad: Facts = {
  at: 0,
  steps: [{ name: 'tcp', kind: 'failed', ms: 1, error: { code: 'tcp_refused' } }],
  totalMs: 1,
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

function harness(facts: () => Facts = () => good) {
  const timers: { ms: number; call: () => void; gone: boolean }[] = [];
  const clock: Clock = {
    now: () => 0,
    ticks: () => 0,
    after(ms, call) {
      const timer = { ms, call, gone: false };
      timers.push(timer);
      return () => {
        timer.gone = true;
      };
    },
  };
  let asked = 0;
  let mostAtOnce = 0;
  let now = 0;
  const probe = async () => {
    asked += 1;
    now += 1;
    mostAtOnce = Math.max(mostAtOnce, now);
    await turn();
    now -= 1;
    return facts();
  };
  const changed: string[] = [];
  const health = createHealth({
    clock,
    random: () => 0.5,
    budget: createHostBudget({ clock }),
    onChange: (id, isNews) => changed.push(isNews ? id : `${id} as before`),
    probePublic: probe,
    probeTunnel: probe,
  });
  return { health, timers, changed, asked: () => asked, mostAtOnce: () => mostAtOnce };
}
const service = (id: string) => ({ id, public: { url: `https://${id}.example` }, protocol: 'http' as const });

describe('watching routes', () => {
  it('asks a new route at once and plans the next question', async () => {
    const { health, timers, changed } = harness();
    health.watch([service('a')]);
    expect(health.get('a')).toEqual({ public: { state: 'unknown' }, tunnel: { state: 'absent' } });
    await turn();
    await turn();
    expect(health.get('a').public.state).toBe('up');
    expect(changed).toEqual(['a']);
    // The next question, and the look for answers that are too old.
    expect(timers.filter((timer) => !timer.gone)).toHaveLength(2);
  });

  it('says whether an answer is news, and answers a person at once', async () => {
    const { health, changed } = harness();
    health.watch([service('a')]);
    await turn();
    await turn();
    health.look('a', 'public');
    await turn();
    await turn();
    expect(changed).toEqual(['a', 'a as before']);
    await health.checkNow('a', new AbortController().signal);
    expect(changed.at(-1)).toBe('a');
  });

  it.each([
    ['a nudge', ({ nudge }: Health) => nudge()],
    [
      'the window comes back',
      ({ setHidden }: Health) => {
        setHidden(true);
        setHidden(false);
      },
    ],
  ])('tells the first answers after %s as they come', async (_what, happens) => {
    const { health, changed } = harness();
    health.watch([service('a')]);
    await turn();
    await turn();
    happens(health);
    await turn();
    await turn();
    health.look('a', 'public');
    await turn();
    await turn();
    expect(changed).toEqual(['a', 'a', 'a as before']);
  });

  it('forgets a route that went, and asks another address anew', async () => {
    const { health, asked } = harness();
    health.watch([service('a')]);
    await turn();
    await turn();
    health.watch([service('a')]);
    expect(asked()).toBe(1);
    health.watch([{ ...service('a'), public: { url: 'https://other.example' } }]);
    expect(health.get('a').public.state).toBe('unknown');
    expect(asked()).toBe(2);
    health.watch([]);
    expect(health.get('a').public.state).toBe('absent');
  });

  it('asks few at one time', async () => {
    const { health, mostAtOnce, asked } = harness();
    health.watch(Array.from({ length: 40 }, (_, index) => service(`s${index}`)));
    for (let round = 0; round < 60; round += 1) await turn();
    expect(asked()).toBe(40);
    expect(mostAtOnce()).toBe(6);
  });

  it('looks at once when a real request failed', async () => {
    let facts = good;
    const { health } = harness(() => facts);
    health.watch([service('a')]);
    await turn();
    await turn();
    facts = bad;
    health.noteFailure('a', 'public', { code: 'connection_lost' });
    await turn();
    await turn();
    expect(health.get('a').public.state).toBe('degraded');
  });

  it('leaves no timer behind', async () => {
    const { health, timers } = harness();
    health.watch([service('a'), service('b')]);
    await turn();
    await turn();
    health.stop();
    expect(timers.every((timer) => timer.gone)).toBe(true);
  });
});

describe('when a route is asked again', () => {
  const health = { facts: good, recentMs: [] };
  it.each([
    ['up', { state: 'up', verifiedAt: 0, ...health }, 20_000],
    ['in doubt', { state: 'degraded', verifiedAt: 0, error: { code: 'tcp_refused' }, ...health }, 2_000],
    ['down', { state: 'down', since: 0, error: { code: 'tcp_refused' }, ...health }, 8_000],
  ] as const)('%s', (_name, state, ms) => {
    expect(nextProbeMs(state, false, () => 0.5)).toBe(ms);
    expect(nextProbeMs(state, true, () => 0.5)).toBe(ms * 6);
    expect(nextProbeMs(state, false, () => 0)).toBe(ms * 0.8);
  });

  it('again and again before its answer is too old to count', () => {
    // Two intervals of 24 s at the longest, and two questions of 5 s.
    expect(staleAfterMs(false, 1)).toBe(58_000);
    expect(staleAfterMs(true, 1)).toBe(298_000);
    expect(staleAfterMs(false, 1_500)).toBe(730_000);
  });

  it('more seldom where there are very many, but soon where one is in doubt', () => {
    const up = { state: 'up', verifiedAt: 0, ...health } as const;
    const doubt = { state: 'degraded', verifiedAt: 0, error: { code: 'tcp_refused' }, ...health } as const;
    expect(nextProbeMs(up, false, () => 0.5, 3_000)).toBe(600_000);
    expect(nextProbeMs(doubt, false, () => 0.5, 3_000)).toBe(2_000);
  });
});
