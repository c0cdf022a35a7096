import { describe, expect, it } from 'vitest';
import { initialEngineState } from '../../../shared/contract/state.ts';
import type { RouteHealth } from '../../../shared/model/service.ts';
import { createHandClock } from '../../testing/index.ts';
import { makeService, stateWith } from '../testing/services.ts';
import { patienceMs, quietMs } from './notice-life.ts';
import { createNotifier, type Notice } from './notifier.ts';

function setup() {
  const clock = createHandClock();
  let watched = false;
  const told: Notice[] = [];
  const at: number[] = [];
  const notifier = createNotifier({
    now: clock.now,
    after: clock.after,
    isWatched: () => watched,
    tell(notice) {
      told.push(notice);
      at.push(clock.now());
    },
  });
  const show = (...states: readonly (readonly [string, RouteHealth['state']])[]) =>
    notifier.look(
      stateWith(...states.map(([name, state]) => makeService(name, { public: state }))),
      states.map(([name]) => `c:${name}`),
    );
  return {
    notifier,
    told,
    at,
    wait: clock.pass,
    show,
    timers: clock.waiting,
    watch: (is: boolean) => {
      watched = is;
    },
  };
}

describe('a notification', () => {
  it('tells once that a marked service is down, and once that it is back', () => {
    const { show, wait, told } = setup();
    show(['web', 'up']);
    show(['web', 'down']);
    expect(told).toEqual([]);
    wait(patienceMs);
    expect(told).toEqual([
      { kind: 'down', service: { id: 'c:web', name: 'web' }, error: { code: 'public_bad_gateway' } },
    ]);
    wait(600_000);
    show(['web', 'down']);
    wait(600_000);
    expect(told).toHaveLength(1);
    show(['web', 'up']);
    wait(patienceMs);
    expect(told.at(-1)).toEqual({ kind: 'up', service: { id: 'c:web', name: 'web' } });
    expect(told).toHaveLength(2);
  });

  it('says nothing of a short failure, nor of a hundred', () => {
    const { show, wait, told, timers } = setup();
    for (let i = 0; i < 100; i++) {
      show(['web', 'down']);
      wait(patienceMs - 1);
      show(['web', 'up']);
      wait(1_000);
    }
    expect(told).toEqual([]);
    expect(timers()).toBe(0);
  });

  it.each([20_000, 60_000, 170_000])(
    'is at most one in any five minutes for a service that flaps every %i ms',
    (ms) => {
      const { show, wait, told, at } = setup();
      for (let turn = 0; turn < 3_600_000 / ms; turn += 1) {
        show(['web', turn % 2 === 0 ? 'down' : 'up']);
        wait(ms);
      }
      expect(told.length).toBeGreaterThan(1);
      for (const [index, time] of at.entries())
        if (index > 0) expect(time - (at[index - 1] ?? 0)).toBeGreaterThanOrEqual(quietMs);
    },
  );

  it('says nothing of services without a mark', () => {
    const { notifier, wait, told } = setup();
    notifier.look(stateWith(makeService('web', { public: 'down' })), []);
    wait(600_000);
    expect(told).toEqual([]);
  });

  it('is one for all that fell together', () => {
    const { show, wait, told } = setup();
    show(['a', 'down'], ['b', 'down'], ['c', 'down'], ['d', 'up']);
    wait(patienceMs);
    expect(told).toMatchObject([
      { kind: 'manyDown', services: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
    ]);
    show(['a', 'up'], ['b', 'up'], ['c', 'up'], ['d', 'up']);
    wait(quietMs);
    expect(told.at(-1)).toMatchObject({ kind: 'manyUp' });
    expect(told).toHaveLength(2);
  });

  it('is left out while the person looks at the window, and not made up for', () => {
    const { show, wait, told, watch } = setup();
    watch(true);
    show(['web', 'down']);
    wait(patienceMs);
    watch(false);
    show(['web', 'down']);
    wait(patienceMs);
    expect(told).toEqual([]);
  });

  it('waits again after a sleep, and while a service is not known', () => {
    const { notifier, show, wait, told } = setup();
    show(['web', 'down']);
    wait(patienceMs - 1);
    notifier.startOver();
    wait(patienceMs - 1);
    expect(told).toEqual([]);
    notifier.look(initialEngineState, ['c:web']);
    wait(600_000);
    expect(told).toEqual([]);
  });

  it('forgets a service whose mark is gone', () => {
    const { notifier, show, wait, told, timers } = setup();
    show(['web', 'down']);
    notifier.look(stateWith(makeService('web', { public: 'down' })), []);
    wait(600_000);
    expect(told).toEqual([]);
    expect(timers()).toBe(0);
  });
});
