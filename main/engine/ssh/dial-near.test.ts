import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, freePort } from '../../testing/index.ts';
import type { Clock } from '../base/effects.ts';
import { dialNear } from './dial-near.ts';
import { echo } from './testing/tunnels.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** A clock whose deadlines pass by hand; how many still stand. */
function handClock(): Clock & { pass(): void; standing(): number } {
  const calls = new Set<() => void>();
  return {
    now: () => 0,
    ticks: () => 0,
    after(_ms, call) {
      calls.add(call);
      return () => calls.delete(call);
    },
    pass: () => {
      for (const call of calls) call();
    },
    standing: () => calls.size,
  };
}

describe('a target that this computer reaches', () => {
  it('is connected, and its deadline is over then', async () => {
    const clock = handClock();
    const { socket, connected } = dialNear({ host: '127.0.0.1', ...(await echo(cleanup)) }, clock);
    expect(await connected).toBe(true);
    expect(clock.standing()).toBe(0);
    socket.destroy();
  });

  it('is given up when it refuses', async () => {
    const clock = handClock();
    const { connected } = dialNear({ host: '127.0.0.1', port: await freePort() }, clock);
    expect(await connected).toBe(false);
    expect(clock.standing()).toBe(0);
  });

  it('is given up when it says nothing for too long', async () => {
    const clock = handClock();
    const { socket, connected } = dialNear({ host: '127.0.0.1', ...(await echo(cleanup)) }, clock);
    clock.pass();
    expect(await connected).toBe(false);
    expect(socket.destroyed).toBe(true);
  });
});
