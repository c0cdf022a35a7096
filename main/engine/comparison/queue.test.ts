import { describe, expect, it } from 'vitest';
import type { ComparisonRecord, ComparisonState } from '../../../shared/model/comparison-record.ts';
import { fail, ok } from '../../../shared/result.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createComparisonQueue, type MeasureService } from './queue.ts';
import { routeOfRounds } from './rounds.ts';

const route = routeOfRounds([], 'route_absent');
const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function setup(measure?: MeasureService) {
  const kept: ComparisonRecord[] = [];
  const states: ComparisonState[] = [];
  const ends: (() => void)[] = [];
  const usual: MeasureService = (serviceId, { onProgress, signal }) =>
    new Promise((resolve) => {
      onProgress('rounds', 0.5);
      onProgress('rounds', 0.501);
      onProgress('stream', 0.501);
      signal.addEventListener('abort', () => resolve(fail('cancelled')));
      ends.push(() =>
        resolve(
          ok({
            serviceId,
            serviceName: serviceId,
            at: 0,
            advice: [],
            measured: { startedAt: 0, tookMs: 0, bytes: 0, work: 'none', public: route, tunnel: route },
          }),
        ),
      );
    });
  const desk = createComparisonQueue({
    measure: measure ?? usual,
    history: { add: async (record) => void kept.push(record) },
    clock: systemClock,
    newId: () => String(kept.length),
    log: silentLog,
    publish: (state) => states.push(state),
  });
  return { desk, kept, states, ends };
}

describe('the queue of comparisons', () => {
  it('measures one service after the other and tells who waits', async () => {
    const { desk, kept, states, ends } = setup();
    desk.start(['a', 'b', 'a'], false);
    desk.start(['b', 'c'], false);
    // A step that is too small to be seen is told where something else begins with it.
    expect(states).toHaveLength(2);
    expect(states[0]).toMatchObject({ kind: 'running', serviceId: 'a', stage: 'rounds', done: 0.5 });
    expect(states.at(-1)).toMatchObject({ stage: 'stream', done: 0.5 });
    for (const _ of 'abc') {
      await turn();
      ends.at(-1)?.();
      await turn();
    }
    expect(kept.map(({ serviceId }) => serviceId)).toEqual(['a', 'b', 'c']);
    expect(states.at(-1)).toEqual({ kind: 'idle' });
  });

  it('tells which of several were not measured and why, until the next order', async () => {
    const { desk, kept, states } = setup(async (serviceId) => {
      if (serviceId === 'bug') throw new Error('unheard of');
      if (serviceId === 'gone') return fail('service_not_found');
      return ok({
        serviceId,
        serviceName: serviceId,
        at: 0,
        advice: [],
        measured: { startedAt: 0, tookMs: 0, bytes: 0, work: 'none', public: route, tunnel: route },
      });
    });
    desk.start(['bug', 'gone', 'fine'], false);
    await turn();
    const failed = [
      { serviceId: 'bug', error: { code: 'internal' } },
      { serviceId: 'gone', error: { code: 'service_not_found' } },
    ];
    expect(states.at(-1)).toEqual({ kind: 'idle', failed });
    expect(kept.map(({ serviceId }) => serviceId)).toEqual(['fine']);
    // Who asks for one and waits is told by the answer.
    expect(await desk.run('gone', false, never)).toMatchObject({ ok: false });
    await turn();
    expect(states.at(-1)).toEqual({ kind: 'idle', failed });
    desk.start(['fine'], false);
    await turn();
    expect(states.at(-1)).toEqual({ kind: 'idle' });
  });

  it('ends the one under way and those that wait', async () => {
    const { desk, kept, states } = setup();
    const own = desk.run('a', false, never);
    desk.start(['b'], false);
    desk.cancel();
    expect(await own).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await turn();
    expect(kept).toEqual([]);
    expect(states.at(-1)).toEqual({ kind: 'idle' });
  });

  it('goes on with the next where one is cancelled by its caller or fails', async () => {
    const { desk, ends } = setup();
    const controller = new AbortController();
    const first = desk.run('a', false, controller.signal);
    const second = desk.run('b', false, never);
    controller.abort();
    expect(await first).toMatchObject({ ok: false });
    await turn();
    ends.at(-1)?.();
    expect(await second).toMatchObject({ ok: true, value: { serviceId: 'b' } });
  });
});
