import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { createCleanup, until } from '../../testing/index.ts';
import type { Clock } from '../base/effects.ts';
import { openTunnel } from './tunnel.ts';
import type { Link, LinkFollower, Ssh } from './types.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

it('leaves no timer behind when it is closed while clients are there', async () => {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => 0,
    ticks: () => 0,
    after(_ms, call) {
      timers.add(call);
      return () => void timers.delete(call);
    },
  };
  const opened = await openTunnel(
    { id: 'a', key: 'a', targetPort: 80 },
    {
      ssh: unreachable,
      tables: { look: async () => ({ kind: 'unknown' }) },
      clock,
      random: () => 0,
      onChange: () => {},
    },
  );
  if (!opened.ok) throw new Error(opened.error.code);
  const client = connect(opened.value.view().local?.port ?? 0, '127.0.0.1');
  cleanup.later(() => void client.destroy());
  // It is reset.
  client.on('error', () => {});
  await until('the client to be taken', () => opened.value.view().traffic?.open === 1);
  await opened.value.close();
  await until('the client to be gone', () => opened.value.view().traffic?.open === 0);
  expect(timers.size).toBe(0);
});

/** A tunnel over connections that come and go by hand, and how often it looked at its machine's tables. */
async function tunnelOver(standing: Link | undefined) {
  const all: LinkFollower[] = [];
  const asked: ((result: Result<Link>) => void)[] = [];
  const looked: string[] = [];
  const ssh = {
    follow(_key: string, follower: LinkFollower) {
      all.push(follower);
      if (standing !== undefined) follower.linked(standing);
      return () => {};
    },
    link: () => new Promise<Result<Link>>((resolve) => asked.push(resolve)),
  } as unknown as Ssh;
  const opened = await openTunnel(
    { id: 'a', key: 'a', targetPort: 80 },
    {
      ssh,
      tables: {
        async look(key) {
          looked.push(key);
          return { kind: 'unknown' };
        },
      },
      clock: { now: () => 0, ticks: () => 0, after: () => () => {} },
      random: () => 0,
      onChange: () => {},
    },
  );
  if (!opened.ok) throw new Error(opened.error.code);
  cleanup.later(() => opened.value.close());
  return {
    asked,
    looked,
    state: () => opened.value.view().state.kind,
    comeUp: (link: Link) => {
      for (const follower of all) follower.linked(link);
    },
  };
}

function linkByHand() {
  const lost: ((error: AppError) => void)[] = [];
  const link = {
    isAlive: () => true,
    endpoint: { host: 'h', port: 22, user: 'u', runId: 'r', keys: [] },
    roundTripMs: () => 0,
    onLost: (listener: (error: AppError) => void) => {
      lost.push(listener);
      return () => {};
    },
  } as unknown as Link;
  return { link, lost };
}

it('takes the link that stands, and asks for none', async () => {
  const { asked, looked, state } = await tunnelOver(linkByHand().link);
  await until('the tunnel to stand', () => state() === 'connected');
  expect(asked).toEqual([]);
  expect(looked).toEqual(['a']);
});

it('hears once of a link that it asked for', async () => {
  const { asked, looked, comeUp, state } = await tunnelOver(undefined);
  const { link, lost } = linkByHand();
  comeUp(link);
  asked[0]?.(ok(link));
  await until('the tunnel to stand', () => state() === 'connected');
  expect([looked, lost.length]).toEqual([['a'], 1]);
});

it('keeps a link that came up while its own attempt failed', async () => {
  const { asked, comeUp, state } = await tunnelOver(undefined);
  comeUp(linkByHand().link);
  await until('the tunnel to stand', () => state() === 'connected');
  asked[0]?.(fail('cancelled'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(state()).toBe('connected');
});

/** A container that never answers. */
const unreachable = {
  follow: () => () => {},
  link: () => new Promise<never>(() => {}),
} as unknown as Ssh;
