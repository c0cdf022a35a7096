import { describe, expect, it } from 'vitest';
import type { Link } from './types.ts';
import { waitingClients } from './waiting-clients.ts';

const link = {} as Link;

/** Clients that wait, and the moment at which each gives up. */
function setup() {
  const timers = new Map<() => void, number>();
  const waiting = waitingClients({
    now: () => 0,
    ticks: () => 0,
    after(ms, call) {
      timers.set(call, ms);
      return () => void timers.delete(call);
    },
  });
  return { waiting, timers };
}

describe('clients that come while the link is away', () => {
  it('all get the next link, and leave no timer behind', async () => {
    const { waiting, timers } = setup();
    const both = Promise.all([waiting.wait(), waiting.wait()]);
    waiting.settle(link);
    expect(await both).toEqual([link, link]);
    expect(timers.size).toBe(0);
  });

  it('give up after ten seconds', async () => {
    const { waiting, timers } = setup();
    const one = waiting.wait();
    expect([...timers.values()]).toEqual([10_000]);
    for (const call of [...timers.keys()]) call();
    expect(await one).toBeUndefined();
    expect(timers.size).toBe(0);
  });

  it('are sent away when there will be none', async () => {
    const { waiting } = setup();
    const one = waiting.wait();
    waiting.settle(undefined);
    expect(await one).toBeUndefined();
  });
});
