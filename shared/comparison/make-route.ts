import type { LabRoute } from '../model/lab.ts';

const none = { kind: 'missing', why: 'no_work' } as const;

/** A route of the lab for tests and for the window's own: one that answered every time in `ms`, changed where told. */
export const makeRoute = (ms: number, part: Partial<LabRoute> = {}): LabRoute => {
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
