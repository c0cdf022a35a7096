import { describe, expect, it } from 'vitest';
import type { ComparisonRecord, MeasuredRoute } from '../model/comparison-record.ts';
import { changesSince } from './changes.ts';
import { comparisonTable } from './comparison-table.ts';
import { makeRoute } from './make-route.ts';

const row = (key: string, one: MeasuredRoute, other: MeasuredRoute) =>
  comparisonTable({ public: one, tunnel: other }).find((candidate) => candidate.key === key);
const moved = (bytesPerSecond: number) => ({ kind: 'measured', bytesPerSecond, bytes: 1, ms: 1 }) as const;

describe('the table of both routes', () => {
  it.each([
    ['a time, where less is better', 'firstByte', makeRoute(100), makeRoute(25), 4, 'tunnel'],
    [
      'a rate, where more is better',
      'down',
      makeRoute(1, { down: moved(8) }),
      makeRoute(1, { down: moved(2) }),
      4,
      'public',
    ],
    ['a share', 'availability', makeRoute(1, { answered: 5 }), makeRoute(1), 2, 'tunnel'],
    ['equal ones', 'firstByte', makeRoute(5), makeRoute(5), undefined, undefined],
    [
      'ones that differ by what two measurements do',
      'firstByte',
      makeRoute(100),
      makeRoute(97),
      undefined,
      undefined,
    ],
    ['one that is missing', 'down', makeRoute(1), makeRoute(1, { down: moved(2) }), undefined, undefined],
  ] as const)('compares %s', (_name, key, one, other, ratio, better) => {
    const found = row(key, one, other);
    expect([found?.ratio, found?.better]).toEqual([ratio, better]);
  });

  it('says in a word what is no number', () => {
    const one = makeRoute(1, { socket: { kind: 'refused', status: 400 }, long: { kind: 'cut', ms: 5_000 } });
    expect(row('socket', one, makeRoute(1))?.public).toEqual({ kind: 'word', word: 'refused' });
    expect(row('long', one, makeRoute(1))?.public).toEqual({ kind: 'word', word: 'cut', value: 5_000 });
    expect(
      row('firstByte', makeRoute(1), makeRoute(0, { attempts: 0, firstByteMs: undefined }))?.tunnel,
    ).toEqual({
      kind: 'missing',
      why: 'route_absent',
    });
  });
});

describe('what changed since an earlier comparison', () => {
  const record = (one: MeasuredRoute, other: MeasuredRoute): ComparisonRecord => ({
    id: '1',
    serviceId: 'a:1',
    serviceName: 'a',
    at: 0,
    advice: [],
    measured: { startedAt: 0, tookMs: 0, bytes: 0, work: 'none', public: one, tunnel: other },
  });

  it('is told only where it is clear', () => {
    const before = record(makeRoute(100), makeRoute(10, { down: moved(1e6) }));
    const now = record(makeRoute(110), makeRoute(12, { down: moved(3e6), answered: 8 }));
    expect(changesSince(before, now).map(({ key, route, verdict }) => `${key} ${route} ${verdict}`)).toEqual([
      'availability tunnel worse',
      'down tunnel better',
    ]);
  });

  const verdict = (before: MeasuredRoute, now: MeasuredRoute, key: string) =>
    changesSince(record(before, makeRoute(1)), record(now, makeRoute(1))).find(
      (change) => change.key === key && change.route === 'public',
    )?.verdict;
  it.each([
    ['a time that grew by a quarter', makeRoute(100), makeRoute(125), 'firstByte', 'worse'],
    ['a time that grew by less', makeRoute(100), makeRoute(124), 'firstByte', undefined],
    ['a time that doubled within 5 ms', makeRoute(4), makeRoute(8.9), 'firstByte', undefined],
    ['a time that fell by 5 ms and more than a quarter', makeRoute(12), makeRoute(7), 'firstByte', 'better'],
    ['a share that fell by a tenth', makeRoute(1), makeRoute(1, { answered: 9 }), 'availability', 'worse'],
    ['what was not measured before', makeRoute(1), makeRoute(1, { down: moved(1e6) }), 'down', undefined],
  ])('takes %s so', (_what, before, now, key, said) => {
    expect(verdict(before, now, key)).toBe(said);
  });
});
