import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/contract/state.ts';
import { testContainer } from '../../../shared/model/test-container.ts';
import type { Clock } from './effects.ts';
import { createPublishedState } from './published-state.ts';

const container = (id: string, name = id) => testContainer(id, { name });

function setup() {
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    ticks: () => 0,
    after: (_ms, call) => {
      waiting.push(call);
      return () => {
        waiting.splice(waiting.indexOf(call), 1);
      };
    },
  };
  const changes: Change<'engine'>[] = [];
  const state = createPublishedState({ epoch: 'e', clock, notify: (change) => changes.push(change) });
  const tick = () => {
    for (const call of waiting.splice(0)) call();
  };
  return { state, changes, tick };
}

describe('the published state', () => {
  it('gathers what changed within one tick into one revision', () => {
    const { state, changes, tick } = setup();
    state.set('session', { kind: 'opening', what: 'local' });
    state.replace('containers', [container('a'), container('b')]);
    expect(changes).toEqual([]);
    tick();
    expect(changes).toEqual([
      {
        side: 'engine',
        epoch: 'e',
        revision: 1,
        set: { session: { kind: 'opening', what: 'local' } },
        put: { containers: { a: container('a'), b: container('b') } },
        drop: {},
      },
    ]);
  });

  it('sends only the members that differ, and those that went', () => {
    const { state, changes, tick } = setup();
    state.replace('containers', [container('a'), container('b')]);
    tick();
    state.replace('containers', [container('b', 'renamed')]);
    tick();
    expect(changes[1]).toMatchObject({
      revision: 2,
      put: { containers: { b: container('b', 'renamed') } },
      drop: { containers: ['a'] },
    });
  });

  it('says nothing when nothing differs', () => {
    const { state, changes, tick } = setup();
    state.replace('containers', [container('a')]);
    tick();
    state.replace('containers', [container('a')]);
    state.set('proxy', { kind: 'stopped' });
    tick();
    expect(changes).toHaveLength(1);
  });

  it('does not put a member that came and went within one tick', () => {
    const { state, changes, tick } = setup();
    state.replace('containers', [container('a')]);
    state.replace('containers', []);
    tick();
    expect(changes.every((change) => change.put?.containers === undefined)).toBe(true);
  });

  it('does not drop a member that went and came back within one tick', () => {
    const { state, changes, tick } = setup();
    state.replace('containers', [container('a')]);
    tick();
    state.replace('containers', []);
    state.replace('containers', [container('a')]);
    tick();
    expect(changes[1]?.drop).toEqual({});
    expect(changes[1]?.put).toEqual({ containers: { a: container('a') } });
  });

  it('gives a snapshot whose revision covers everything that it holds', () => {
    const { state, changes, tick } = setup();
    state.replace('containers', [container('a')]);
    const snapshot = state.snapshot();
    expect(snapshot.revision).toBe(1);
    expect(snapshot.state.containers).toEqual({ a: container('a') });
    expect(changes.map((change) => change.revision)).toEqual([1]);
    tick();
    expect(changes).toHaveLength(1);
  });
});
