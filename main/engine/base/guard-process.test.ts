import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { type FaultKind, guardProcess } from './guard-process.ts';

function setup() {
  const host = Object.assign(new EventEmitter(), {
    ended: undefined as number | undefined,
    exit(code: number) {
      this.ended = code;
    },
  });
  const faults: [FaultKind, string][] = [];
  let now = 0;
  guardProcess({
    onFault: (kind, stack) => faults.push([kind, stack]),
    now: () => now,
    process: host as unknown as Pick<NodeJS.Process, 'on' | 'exit'>,
  });
  return {
    host,
    faults,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

it('tells what slipped past everything else, with its stack, and lets the process live', () => {
  const { host, faults } = setup();
  host.emit('uncaughtException', new Error('thrown in a callback'));
  host.emit('unhandledRejection', 'a text');
  host.emit('unhandledRejection', Object.create(null));
  expect(faults.map(([kind]) => kind)).toEqual(['exception', 'rejection', 'rejection']);
  expect(faults[0]?.[1]).toMatch(/thrown in a callback\n\s+at .*guard-process\.test/);
  expect(host.ended).toBeUndefined();
});

it('lets a process end that does nothing but throw', () => {
  const { host, pass } = setup();
  for (let count = 0; count < 200; count += 1) host.emit('uncaughtException', new Error('again'));
  expect(host.ended).toBeUndefined();
  pass(61_000);
  for (let count = 0; count < 200; count += 1) host.emit('uncaughtException', new Error('again'));
  expect(host.ended).toBeUndefined();
  host.emit('uncaughtException', new Error('again'));
  expect(host.ended).toBe(70);
});
