import { describe, expect, it } from 'vitest';
import type { ComparisonState } from '../../../shared/model/comparison-record.ts';
import { makeContainer, makeService } from '../../testing/make.ts';
import { makeRecord } from '../../testing/make-record.ts';
import { compareRows } from './compare-rows.ts';

const web = makeService();
const redis = makeService({ id: 'abcdefghijkl:6379', name: 'redis', port: 6379 });
const groups = [
  { container: makeContainer(), services: [web, redis] },
  {
    container: makeContainer({ id: 'old', status: { kind: 'ended', how: 'succeeded' } }),
    services: [makeService({ id: 'old:1', containerId: 'old' })],
  },
];
const idle: ComparisonState = { kind: 'idle' };

describe('the list of comparisons', () => {
  it('has what runs, with its newest comparison', () => {
    expect(compareRows(groups, [makeRecord()], idle)).toMatchObject([
      {
        service: { name: 'web' },
        public: { kind: 'value', value: 84 },
        tunnel: { kind: 'value', value: 12 },
        ratio: 7,
        better: 'tunnel',
        state: 'idle',
      },
      { service: { name: 'redis' }, state: 'idle' },
    ]);
    expect(compareRows(groups, [], idle).every(({ record }) => record === undefined)).toBe(true);
  });

  it('tells which one could not be measured, with the others or after them', () => {
    const failed = [{ serviceId: redis.id, error: { code: 'service_not_found' } }] as const;
    expect(compareRows(groups, [], { kind: 'idle', failed }).map(({ error }) => error?.code)).toEqual([
      undefined,
      'service_not_found',
    ]);
  });

  it('tells which one is measured and which wait', () => {
    const comparison: ComparisonState = {
      kind: 'running',
      serviceId: web.id,
      stage: 'rounds',
      done: 0.2,
      startedAt: 0,
      waiting: [redis.id],
    };
    expect(compareRows(groups, [], comparison).map(({ state }) => state)).toEqual(['running', 'waiting']);
  });
});
