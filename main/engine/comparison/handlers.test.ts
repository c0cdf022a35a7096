import { describe, expect, it } from 'vitest';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import type { Service } from '../../../shared/model/service.ts';
import { createBin } from '../base/bin.ts';
import type { Board, ReachableService } from '../services/board.ts';
import { createComparisonHandlers } from './handlers.ts';
import { type ComparisonQueue, createHistory } from './index.ts';
import { routeOfRounds } from './rounds.ts';

const never = new AbortController().signal;
const route = routeOfRounds([], 'route_absent');
const record = (id: string, serviceId: string, at: number): ComparisonRecord => ({
  id,
  serviceId,
  serviceName: 'web',
  at,
  advice: [{ code: 'about_the_same' }],
  measured: { startedAt: at, tookMs: 1, bytes: 0, work: 'none', public: route, tunnel: route },
});

function setup(
  ...services: readonly (Partial<Service> & { readonly id: string; readonly mapped?: boolean })[]
) {
  const started: (readonly [readonly string[], boolean])[] = [];
  let cancelled = 0;
  const desk: ComparisonQueue = {
    start: (ids, thorough) => started.push([ids, thorough]),
    run: () => Promise.reject(new Error('not asked for')),
    cancel: () => {
      cancelled += 1;
    },
    stop: () => {},
  };
  const entries = services.map(
    ({ mapped, ...service }): ReachableService => ({
      service: {
        containerId: 'c',
        port: 1,
        name: service.id,
        protocol: 'http',
        exposure: { kind: 'unmapped' },
        byHand: false,
        tunnel: { state: { kind: 'closed' } },
        health: { public: { state: 'absent' }, tunnel: { state: 'absent' } },
        findings: [],
        ...service,
      },
      ...(mapped === true ? { public: { url: 'https://demo-web.gear.example' } } : {}),
    }),
  );
  const board: Pick<Board, 'list'> = { list: () => entries };
  const bin = createBin({ clock: { now: () => 0, ticks: () => 0, after: () => () => {} }, epoch: 'test' });
  let stored: readonly ComparisonRecord[] = [];
  const comparisonHistory = createHistory({
    read: async () => stored,
    write: async (records) => {
      stored = records;
    },
  });
  return {
    handlers: createComparisonHandlers({
      board,
      comparisonQueue: desk,
      compare: () => Promise.reject(new Error('not asked for')),
      comparisonHistory,
      bin,
    }),
    comparisonHistory,
    bin,
    started,
    cancelled: () => cancelled,
  };
}

describe('what the window asks of comparisons', () => {
  it('all means every service that is there in some way', async () => {
    const { handlers, started } = setup(
      { id: 'mapped', mapped: true },
      { id: 'listens', listens: { bind: 'any' } },
      { id: 'known by its name only' },
    );
    expect(await handlers['comparison.start']({ serviceIds: [] }, never)).toEqual({
      ok: true,
      value: { count: 2 },
    });
    expect(started).toEqual([[['mapped', 'listens'], false]]);
  });

  it('named means those, even where nothing is seen of them', async () => {
    const { handlers, started } = setup({ id: 'a' }, { id: 'b' });
    await handlers['comparison.start']({ serviceIds: ['b'], thorough: true }, never);
    expect(started).toEqual([[['b'], true]]);
    expect(await handlers['comparison.start']({ serviceIds: ['gone'] }, never)).toMatchObject({
      ok: false,
      error: { code: 'service_not_found' },
    });
  });

  it('cancelling reaches the desk', async () => {
    const { handlers, cancelled } = setup();
    await handlers['comparison.cancel']({}, never);
    expect(cancelled()).toBe(1);
  });

  it('earlier comparisons are listed by service, can be forgotten, and come back to their place', async () => {
    const { handlers, comparisonHistory, bin } = setup();
    await comparisonHistory.add(record('1', 'a', 1));
    await comparisonHistory.add(record('2', 'b', 2));
    expect(await handlers['comparison.history']({ serviceId: 'a' }, never)).toMatchObject({
      value: [{ id: '1' }],
    });
    await comparisonHistory.add(record('3', 'a', 3));
    const forgotten = await handlers['comparison.forget']({ id: '1' }, never);
    expect(await handlers['comparison.history']({ serviceId: 'a' }, never)).toMatchObject({
      value: [{ id: '3' }],
    });
    await bin.putBack(forgotten.ok ? forgotten.value.undoId : '');
    const back = await handlers['comparison.history']({ serviceId: 'a' }, never);
    expect(back).toMatchObject({ value: [{ id: '3' }, { id: '1' }] });
  });

  it.each([
    ['markdown', 'gearway-web-2026-11-24.md'],
    ['json', 'gearway-web-2026-11-24.json'],
  ] as const)('an export as %s names no container', async (format, fileName) => {
    const { handlers, comparisonHistory } = setup();
    await comparisonHistory.add(record('1', 'secret-container:7860', Date.UTC(2026, 10, 24)));
    const exported = await handlers['comparison.export']({ id: '1', format, language: 'en' }, never);
    expect(exported).toMatchObject({ ok: true, value: { fileName } });
    expect(JSON.stringify(exported)).not.toContain('secret-container');
    expect(await handlers['comparison.export']({ id: '9', format, language: 'en' }, never)).toMatchObject({
      error: { code: 'record_not_found' },
    });
  });
});
