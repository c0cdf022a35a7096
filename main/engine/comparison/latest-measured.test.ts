import { describe, expect, it } from 'vitest';
import type { ComparisonRecord, Measured } from '../../../shared/model/comparison-record.ts';
import { createLatestMeasured, measuredHoldsMs } from './latest-measured.ts';
import { routeOfRounds } from './rounds.ts';

const route = routeOfRounds([], 'route_absent');
const measured = (startedAt: number): Measured => ({
  startedAt,
  tookMs: 1,
  bytes: 0,
  work: 'none',
  public: route,
  tunnel: route,
});
const record = (serviceId: string, startedAt: number): ComparisonRecord => ({
  id: `${serviceId} ${startedAt}`,
  serviceId,
  serviceName: serviceId,
  at: startedAt,
  measured: measured(startedAt),
  advice: [],
});

function setup(...records: readonly ComparisonRecord[]) {
  let now = measuredHoldsMs * 10;
  const latestMeasured = createLatestMeasured({
    clock: { now: () => now, ticks: () => now, after: () => () => {} },
    history: { list: async () => records },
  });
  return {
    latestMeasured,
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
  };
}

describe('what was measured lately', () => {
  it('is the newest of each service that an earlier life measured within a day', async () => {
    const now = measuredHoldsMs * 10;
    const { latestMeasured } = setup(
      record('a', now - 5),
      record('a', now - 9),
      record('b', now - measuredHoldsMs),
    );
    await latestMeasured.recall();
    expect(latestMeasured.get('a')?.startedAt).toBe(now - 5);
    expect(latestMeasured.get('b')).toBeUndefined();
  });

  it('says nothing a day later, and of the newest only', () => {
    const { latestMeasured, now, pass } = setup();
    latestMeasured.put('a', measured(now()));
    pass(1_000);
    latestMeasured.put('a', measured(now()));
    pass(measuredHoldsMs - 1);
    expect(latestMeasured.get('a')?.startedAt).toBe(measuredHoldsMs * 10 + 1_000);
    pass(1);
    expect(latestMeasured.get('a')).toBeUndefined();
  });

  it('stays within its space', () => {
    const { latestMeasured, now } = setup();
    for (let index = 0; index < 600; index += 1) latestMeasured.put(String(index), measured(now()));
    expect(latestMeasured.get('0')).toBeUndefined();
    expect(latestMeasured.get('599')).toBeDefined();
  });
});
