import { describe, expect, it } from 'vitest';
import type { Listening } from '../../../shared/probe/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { systemClock } from '../base/effects.ts';
import { createLooks } from './looks.ts';

const on = (...ports: number[]): readonly Listening[] => ports.map((port) => ({ port, bind: 'any' }));

async function setup(first: Result<readonly Listening[]> = ok(on(8000))) {
  let answer = first;
  let news = 0;
  const looks = createLooks({
    clock: systemClock,
    look: async () => answer,
    onState: () => {},
    onSeen: () => {
      news += 1;
    },
  });
  looks.follow([{ id: 'c', runId: 'run', reachable: true }]);
  await expect.poll(() => looks.listening().get('c')).toBeDefined();
  return {
    looks,
    news: () => news,
    ports: () =>
      looks
        .listening()
        .get('c')
        ?.map(({ port }) => port),
    again(next: Result<readonly Listening[]>) {
      answer = next;
      return looks.quietly('c', new AbortController().signal);
    },
  };
}

describe('looks into containers', () => {
  it('tell what listens once, and only what is new after that', async () => {
    const { again, news, ports } = await setup();
    expect(news()).toBe(1);
    await again(ok(on(8000)));
    expect(news()).toBe(1);
    await again(ok(on(8000, 5432)));
    expect(news()).toBe(2);
    expect(ports()).toEqual([8000, 5432]);
    await again(ok([]));
    expect(news()).toBe(3);
  });

  it('keep 64 of a flood of ports, the chosen ones first, and count the rest', async () => {
    const states: unknown[] = [];
    const flood = Array.from({ length: 14_000 }, (_, index) => 33_000 + index);
    const looks = createLooks({
      clock: systemClock,
      look: async () => ok(on(...flood, 8000)),
      onState: (_, state) => void states.push(state),
      onSeen: () => {},
    });
    looks.follow([{ id: 'c', runId: 'run', reachable: true }]);
    await expect.poll(() => looks.listening().get('c')?.length).toBe(64);
    expect(looks.listening().get('c')?.[0]?.port).toBe(8000);
    expect(states.at(-1)).toEqual({ kind: 'done', more: 13_937 });
  });

  it('keep what was seen where one fails', async () => {
    const { again, news, ports } = await setup();
    await again(fail('ssh_lost'));
    expect(news()).toBe(1);
    expect(ports()).toEqual([8000]);
  });

  it('tell anew what listens in another run', async () => {
    const { looks, news } = await setup();
    looks.follow([{ id: 'c', runId: 'next', reachable: true }]);
    await expect.poll(news).toBe(2);
  });
});
