import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Availability } from '../../../shared/model/availability.ts';
import type { Facts } from '../../../shared/model/service.ts';
import type { Clock } from '../base/effects.ts';
import { type AvailabilityFile, type AvailabilityLog, createAvailability } from './availability.ts';
import { createHealth, type HealthOptions, isAnswer } from './health.ts';
import { createHostBudget, mostAtOnceOfHost, mostPerSecond } from './host-budget.ts';
import { staleAfterMs } from './next-probe.ts';

/** Time that passes only when it is told to; timers by their time. */
function virtualTime() {
  let now = 1_800_000_000_000;
  /** By steps of 50 ms; a look at every timer in every step would take minutes. */
  const timers = new Map<number, Set<() => void>>();
  let done = stepOf(now);
  let count = 0;
  const clock: Clock = {
    now: () => now,
    ticks: () => now,
    after(ms, call) {
      const step = Math.max(done + 1, stepOf(now + ms));
      const calls = timers.get(step) ?? new Set();
      timers.set(step, calls);
      const own = () => call();
      calls.add(own);
      count += 1;
      return () => {
        if (calls.delete(own)) count -= 1;
      };
    },
  };
  const turn = async () => {
    for (let round = 0; round < 4; round += 1) await Promise.resolve();
  };
  /** In steps of a tenth of a second: what falls due within one happens at its end. */
  async function pass(ms: number, stepMs = 100, each: () => void = () => {}) {
    for (const end = now + ms; now < end; ) {
      now += stepMs;
      for (; done < stepOf(now); ) {
        done += 1;
        const calls = timers.get(done) ?? new Set();
        timers.delete(done);
        for (const call of calls) {
          count -= 1;
          calls.delete(call);
          call();
        }
      }
      await turn();
      each();
    }
  }
  /** The machine sleeps: time passes and nothing happens. */
  const sleep = (ms: number) => {
    now += ms;
  };
  return { clock, pass, sleep, timers: () => count };
}
const stepOf = (ms: number): number => Math.ceil(ms / 50);

function setup(part: { readonly answerMs?: number; readonly onFacts?: HealthOptions['onFacts'] } = {}) {
  const time = virtualTime();
  const dead = new Set<string>();
  const asked: { readonly at: number; readonly host: string }[] = [];
  const busy = new Map<string, number>();
  let mostBusy = 0;
  let offline = false;
  let seed = 1;
  const answer = (host: string, isDead: () => boolean): Promise<Facts> =>
    new Promise((resolve) => {
      asked.push({ at: time.clock.now(), host });
      busy.set(host, (busy.get(host) ?? 0) + 1);
      mostBusy = Math.max(mostBusy, busy.get(host) ?? 0);
      const died = isDead();
      time.clock.after(died ? 6_000 : (part.answerMs ?? 50), () => {
        busy.set(host, (busy.get(host) ?? 0) - 1);
        resolve({
          at: time.clock.now(),
          totalMs: 1,
          steps: died ? [{ name: 'tcp', kind: 'failed', ms: 1, error: { code: 'tcp_timeout' } }] : [],
          ...(died ? {} : { status: 200 }),
        });
      });
    });
  const answeredAt = new Map<string, number>();
  const health = createHealth({
    clock: time.clock,
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    budget: createHostBudget({ clock: time.clock }),
    onChange: () => {},
    onFacts: (id, route, facts, holdsMs) => {
      part.onFacts?.(id, route, facts, holdsMs);
      if (isAnswer(facts)) answeredAt.set(`${route} ${id}`, facts.at);
    },
    isOffline: () => offline,
    probePublic: ({ url }) => answer('edge', () => dead.has(new URL(url).hostname.split('.')[0] ?? '')),
    probeTunnel: (id) => answer(`ssh ${id.split(':')[0]}`, () => dead.has(id)),
  });
  const services = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: `c${Math.floor(index / 5)}:${index}`,
      public: { url: `https://s${index}.gear.example` },
      tunnel: { host: '127.0.0.1', port: 10_000 + index },
      tunnelHost: `c${Math.floor(index / 5)}`,
      protocol: 'http' as const,
    }));
  return {
    ...time,
    health,
    dead,
    asked,
    services,
    answeredAt,
    mostBusy: () => mostBusy,
    setOffline(is: boolean) {
      offline = is;
    },
  };
}

describe('a service that dies', () => {
  it.each([
    ['while somebody looks', false],
    ['while nobody does', true],
  ])('is down within two of its intervals, %s', async (_name, hidden) => {
    const { health, services, dead, pass } = setup();
    health.setHidden(hidden);
    health.watch(services(20));
    await pass(60_000);
    expect(health.get('c0:0').public.state).toBe('up');
    dead.add('s0');
    const interval = hidden ? 120_000 * 1.2 : 20_000 * 1.2;
    await pass(interval * 2, 100);
    expect(health.get('c0:0').public.state).toBe('down');
    expect(health.get('c0:1').public.state).toBe('up');
    dead.delete('s0');
    await pass(hidden ? 60_000 : 10_000);
    expect(health.get('c0:0').public.state).toBe('up');
  });

  it('does not hold up the others, even when half of an edge is silent', async () => {
    const { health, services, dead, pass } = setup();
    health.watch(services(30));
    await pass(60_000);
    for (let index = 0; index < 15; index += 1) dead.add(`s${index}`);
    await pass(120_000);
    for (let index = 0; index < 30; index += 1)
      expect(health.get(`c${Math.floor(index / 5)}:${index}`).tunnel.state).toBe('up');
    expect(health.get('c0:0').public.state).toBe('down');
  });
});

describe('what is shown as up', () => {
  it('was answered within its stated age, whatever happens', async () => {
    const { clock, health, services, pass, sleep, dead, setOffline, answeredAt } = setup({ answerMs: 200 });
    const all = services(40);
    health.watch(all);
    let shown = 0;
    const check = (now: number) => {
      for (const { id } of all)
        for (const route of ['public', 'tunnel'] as const) {
          if (health.get(id)[route].state !== 'up') continue;
          shown += 1;
          // The look for old answers comes every five seconds.
          const limit = staleAfterMs(false, 80) + 5_200;
          expect(now - (answeredAt.get(`${route} ${id}`) ?? 0)).toBeLessThanOrEqual(limit);
        }
    };
    const watch = (ms: number) => pass(ms, 500, () => check(clock.now()));
    await watch(60_000);
    for (const { id } of all) dead.add(id);
    await watch(120_000);
    dead.clear();
    await watch(60_000);
    setOffline(true);
    await watch(180_000);
    expect(all.every(({ id }) => health.get(id).public.state === 'unknown')).toBe(true);
    setOffline(false);
    health.nudge();
    await watch(30_000);
    expect(health.get('c0:0').public.state).toBe('up');
    sleep(3_600_000);
    await pass(5_100);
    await watch(10_000);
    expect(shown).toBeGreaterThan(1_000);
  });

  it('is unknown after a sleep until it answers again', async () => {
    const { health, services, pass, sleep } = setup({ answerMs: 30_000 });
    health.watch(services(2));
    await pass(40_000);
    expect(health.get('c0:0').public.state).toBe('up');
    sleep(3_600_000);
    await pass(5_000);
    expect(health.get('c0:0').public.state).toBe('unknown');
  });
});

describe('a route that goes and comes back', () => {
  it('knows when it last answered, as long as its service is known', async () => {
    const { health, services, dead, pass, clock } = setup();
    const [service] = services(1);
    if (service === undefined) throw new Error('no service');
    const { public: _gone, ...stopped } = service;
    health.watch([service]);
    await pass(30_000);
    const answeredBy = clock.now();
    health.watch([stopped]);
    await pass(60_000);
    expect(health.get(service.id).public.state).toBe('absent');
    dead.add('s0');
    health.watch([service]);
    await pass(20_000);
    const down = health.get(service.id).public;
    expect(down.state).toBe('down');
    expect('lastUpAt' in down && down.lastUpAt).toBeGreaterThan(answeredBy - 30_000);
    health.watch([]);
    health.watch([service]);
    await pass(20_000);
    const unheard = health.get(service.id).public;
    expect('lastUpAt' in unheard && unheard.lastUpAt).toBeFalsy();
  });
});

describe('without a network', () => {
  it('nobody is asked, and all are as soon as it is back', async () => {
    const { health, services, pass, asked, setOffline } = setup();
    setOffline(true);
    health.watch(services(10));
    await pass(120_000);
    expect(asked).toEqual([]);
    setOffline(false);
    health.nudge();
    await pass(5_000);
    expect(asked.length).toBeGreaterThanOrEqual(20);
  });
});

describe('1,500 services with two routes each, over an hour', () => {
  it('are asked within the budget of each host, and leave memory and timers as they were', async () => {
    let log: AvailabilityLog | undefined;
    const { clock, health, services, pass, asked, mostBusy, timers } = setup({
      onFacts: (id, route, facts, holdsMs) => log?.note(id, route, isAnswer(facts), facts.at, holdsMs),
    });
    let written: AvailabilityFile | undefined;
    let published: readonly Availability[] = [];
    log = createAvailability({
      clock,
      file: {
        read: async () => undefined,
        write: async (value) => {
          written = value;
        },
      },
      publish(value) {
        published = value;
      },
    });
    const all = services(1_500);
    health.watch(all);
    // The strips of an hour are costly to draw at this pace; they are looked at in the end.
    log.setHidden(true);
    log.follow(all.map(({ id }) => id));
    await pass(900_000, 250);
    for (const { id } of all) expect(health.get(id).public.state).toBe('up');
    const timersBefore = timers();
    const heapBefore = heapAfterCollection();
    asked.length = 0;
    let most = 0;
    let total = 0;
    await pass(3_000_000, 250, () => {
      if (asked.length < 4_000) return;
      most = Math.max(most, mostInASecond(asked));
      total += asked.length;
      asked.length = 0;
    });
    total += asked.length;
    expect(most).toBeLessThanOrEqual(mostPerSecond * 2);
    expect(mostBusy()).toBeLessThanOrEqual(mostAtOnceOfHost);
    // Five a second for all together, give and take the jitter.
    expect(total / 3_000).toBeLessThan(6);
    expect(total / 3_000).toBeGreaterThan(3);
    expect(Math.abs(timers() - timersBefore)).toBeLessThan(50);
    expect(heapAfterCollection() - heapBefore).toBeLessThan(5_000_000);
    log.setHidden(false);
    expect(Object.keys(written?.routes ?? {})).toHaveLength(3_000);
    expect(published).toHaveLength(1_500);
    expect(published.every((one) => one.public?.hour.share === 1)).toBe(true);
    health.stop();
    await log.stop();
    expect(timers()).toBeLessThan(20);
  }, 60_000);
});

/** What is really held. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function mostInASecond(asked: readonly { readonly at: number; readonly host: string }[]): number {
  const counts = new Map<string, number>();
  for (const { at, host } of asked) {
    const key = `${host} ${Math.floor(at / 1000)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
