import { describe, expect, it } from 'vitest';
import type { Lab, LabRecord } from '../../../shared/model/lab.ts';
import { createLatestLabs, labHoldsMs } from './latest-labs.ts';
import { routeOfRounds } from './rounds.ts';

const route = routeOfRounds([], 'route_absent');
const lab = (startedAt: number): Lab => ({
  startedAt,
  tookMs: 1,
  bytes: 0,
  work: 'none',
  public: route,
  tunnel: route,
});
const record = (serviceId: string, startedAt: number): LabRecord => ({
  id: `${serviceId} ${startedAt}`,
  serviceId,
  serviceName: serviceId,
  at: startedAt,
  lab: lab(startedAt),
  advice: [],
});

function setup(...records: readonly LabRecord[]) {
  let now = labHoldsMs * 10;
  const labs = createLatestLabs({
    clock: { now: () => now, ticks: () => now, after: () => () => {} },
    history: { list: async () => records },
  });
  return {
    labs,
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
  };
}

describe('what was measured lately', () => {
  it('is the newest of each service that an earlier life measured within a day', async () => {
    const now = labHoldsMs * 10;
    const { labs } = setup(record('a', now - 5), record('a', now - 9), record('b', now - labHoldsMs));
    await labs.recall();
    expect(labs.get('a')?.startedAt).toBe(now - 5);
    expect(labs.get('b')).toBeUndefined();
  });

  it('says nothing a day later, and of the newest only', () => {
    const { labs, now, pass } = setup();
    labs.put('a', lab(now()));
    pass(1_000);
    labs.put('a', lab(now()));
    pass(labHoldsMs - 1);
    expect(labs.get('a')?.startedAt).toBe(labHoldsMs * 10 + 1_000);
    pass(1);
    expect(labs.get('a')).toBeUndefined();
  });

  it('stays within its space', () => {
    const { labs, now } = setup();
    for (let index = 0; index < 600; index += 1) labs.put(String(index), lab(now()));
    expect(labs.get('0')).toBeUndefined();
    expect(labs.get('599')).toBeDefined();
  });
});
