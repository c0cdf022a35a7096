import type { MeasuredRoute } from '../model/comparison-record.ts';

const none = { kind: 'missing', why: 'no_work' } as const;

/** A route of a comparison for tests and for the window's own: one that answered every time in `ms`, changed where told. */
export const makeRoute = (ms: number, part: Partial<MeasuredRoute> = {}): MeasuredRoute => {
  const spread = { p50: ms, p95: ms, p99: ms, count: 10 };
  return {
    attempts: 10,
    answered: 10,
    steps: {},
    firstByteMs: spread,
    waitMs: spread,
    totalMs: spread,
    rounds: Array.from({ length: 10 }, () => ms),
    down: none,
    up: none,
    socket: none,
    stream: none,
    long: none,
    body: none,
    ...part,
  };
};
