import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createCleanup, until } from '../../testing/index.ts';
import type { Clock } from '../base/effects.ts';
import { openTunnel } from './tunnel.ts';
import type { Ssh } from './types.ts';

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

/** A container that never answers. */
const unreachable = {
  follow: () => () => {},
  link: () => new Promise<never>(() => {}),
} as unknown as Ssh;
