import { describe, expect, it } from 'vitest';
import { emptyMemory, type Memory } from '../../../shared/model/memory.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createHandClock } from '../../testing/hand-clock.ts';
import { createMemory } from '../base/memory.ts';
import type { WantedTunnels } from '../ssh/index.ts';
import { createKnownServices } from './known-services.ts';

function setup(memory: Partial<Memory> = {}, open?: WantedTunnels['open']) {
  const kept = createMemory({ ...emptyMemory(), ...memory }, () => {});
  const clock = createHandClock();
  const closed: string[] = [];
  let changes = 0;
  const known = createKnownServices({
    memory: kept,
    clock,
    containers: { get: (id) => (id === 'c' ? testContainer('c') : undefined) },
    wanted: {
      open: open ?? (async () => ok({ host: '127.0.0.1', port: 1 })),
      close: async (id) => void closed.push(id),
    },
    onChange: () => {
      changes += 1;
    },
  });
  return { known, memory: kept, clock, closed, changes: () => changes };
}

describe('a service that is typed in', () => {
  it.each([
    ['c', '', 'port_invalid'],
    ['c', '0', 'port_invalid'],
    ['c', '65536', 'port_invalid'],
    ['c', '80x', 'port_invalid'],
    ['gone', '80', 'container_not_found'],
  ])('in %s at port %j is refused with %s', (containerId, port, code) => {
    const { known, memory, changes } = setup();
    expect(known.add(containerId, port)).toMatchObject({ ok: false, error: { code } });
    expect(memory.read().services).toEqual([]);
    expect(changes()).toBe(0);
  });

  it('is kept under a free name, and keeps the name that it had', () => {
    const { known, memory, changes } = setup({
      services: [{ containerId: 'c', port: 81, name: 'mine', byHand: false }],
    });
    expect(known.add('c', ' 80 ')).toEqual(ok({ serviceId: 'c:80' }));
    known.add('c', '81');
    expect(memory.read().services).toMatchObject([
      { port: 80, byHand: true },
      { port: 81, name: 'mine', byHand: true },
    ]);
    expect(changes()).toBe(2);
  });
});

describe('a service that is removed', () => {
  const services = [{ containerId: 'c', port: 80, name: 'web', byHand: true }];

  it.each([
    [true, 1],
    [false, 0],
  ])(
    'closes its tunnel, and opens it again when it is put back where it was open (%s)',
    async (open, count) => {
      const opened: string[] = [];
      const { known, memory, closed } = setup(
        { services, tunnels: [{ serviceId: 'c:80', open }] },
        async (id) => {
          opened.push(id);
          return ok({ host: '127.0.0.1', port: 1 });
        },
      );
      const putBack = await known.remove('c:80');
      expect(closed).toEqual(['c:80']);
      expect(memory.read().services[0]?.byHand).toBe(false);
      expect(await putBack()).toMatchObject({ ok: true });
      expect(memory.read().services[0]?.byHand).toBe(true);
      expect(opened).toHaveLength(count);
    },
  );

  it('waits for its tunnel no longer than 15 s', async () => {
    const { known, clock } = setup(
      { services, tunnels: [{ serviceId: 'c:80', open: true }] },
      (_id, _port, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(fail('cancelled')))),
    );
    const putBack = await known.remove('c:80');
    const back = putBack();
    clock.pass(14_999);
    expect(clock.waiting()).toBe(1);
    clock.pass(1);
    expect(await back).toMatchObject({ ok: false, error: { code: 'ssh_timeout' } });
  });
});
