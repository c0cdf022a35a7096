import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup, freePort, until } from '../../testing/index.ts';
import type { Clock } from '../base/effects.ts';
import { watchPath } from './path-watch.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

describe('the watch on a lost path', () => {
  it('looks at most every 2 s, with jitter, and no more after two minutes', async () => {
    const time = handClock();
    const port = await freePort();
    cleanup.later(
      watchPath({ way: { host: '127.0.0.1', port }, clock: time.clock, random: () => 0.5, onBack() {} }),
    );
    const starts: number[] = [];
    for (let next = time.next(0); next !== undefined; next = time.next(1_500)) starts.push(next);
    expect(starts.slice(0, 4)).toEqual([500, 2_600, 4_700, 6_800]);
    expect(starts.at(-1)).toBeLessThan(123_000);
    expect(starts.length).toBeLessThan(62);
  });

  it('tells of the return of a server that refused', async () => {
    const time = handClock();
    const port = await freePort();
    const returns: number[] = [];
    const watched = { way: { host: '127.0.0.1', port }, clock: time.clock, random: () => 0 };
    cleanup.later(watchPath({ ...watched, onBack: () => void returns.push(time.clock.now()) }));
    time.next(0);
    await until('the refusal', () => time.waiting() === 1);
    const server = createServer((socket) => socket.end('SSH-2.0-x\r\n')).listen(port, '127.0.0.1');
    await once(server, 'listening');
    cleanup.later(() => void server.close());
    time.next(0);
    await until('the return', () => returns.length === 1);
  });

  it('takes the reset of a connection that was swallowed for a return', async () => {
    const time = handClock();
    let reset: (() => void) | undefined;
    const server = createServer((socket) => {
      reset = () => void socket.resetAndDestroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.later(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const returns: number[] = [];
    const watched = { way: { host: '127.0.0.1', port }, clock: time.clock, random: () => 0 };
    cleanup.later(watchPath({ ...watched, onBack: () => void returns.push(time.clock.now()) }));
    time.next(0);
    const swallow = await until('the look', () => reset);
    time.next(0);
    expect(returns).toEqual([]);
    swallow();
    await until('the return', () => returns.length === 1);
  });
});

/** A clock that jumps to what is due next; what is due within `least` ms of now is passed over with it. */
function handClock() {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly call: () => void }>();
  const clock: Clock = {
    now: () => now,
    ticks: () => now,
    after(ms, call) {
      const entry = { at: now + ms, call };
      due.add(entry);
      return () => void due.delete(entry);
    },
  };
  return {
    clock,
    waiting: () => due.size,
    /** Runs what is due next; gives when. */
    next(least: number): number | undefined {
      const until = now + least;
      for (;;) {
        const [first] = [...due].sort((a, b) => a.at - b.at);
        if (first === undefined) return undefined;
        due.delete(first);
        now = first.at;
        first.call();
        if (now >= until) return now;
      }
    },
  };
}
