import { describe, expect, it } from 'vitest';
import type { RouteMeasure } from '../../../shared/model/comparison.ts';
import { makeFacts } from '../../testing/make.ts';
import { fasterRoute } from './faster-route.ts';

const reached = (firstByteMs: number): RouteMeasure => ({
  kind: 'reached',
  connectMs: 1,
  firstByteMs,
  totalMs: firstByteMs,
  rounds: 5,
  facts: makeFacts(),
});
const compare = (mapping: RouteMeasure, tunnel: RouteMeasure) =>
  fasterRoute({ serviceId: 'a:1', at: 0, public: mapping, tunnel, findings: [], advice: [], rows: [] });

describe('the faster route', () => {
  it('is the one whose first byte comes sooner, with how many times', () => {
    expect(compare(reached(80), reached(10))).toEqual({ kind: 'faster', route: 'tunnel', times: '8.0' });
    expect(compare(reached(1), reached(30))).toEqual({ kind: 'faster', route: 'public', times: '30' });
  });

  it('is none where the difference is noise', () => {
    expect(compare(reached(10), reached(11.5))).toEqual({ kind: 'same' });
  });

  it('is not named where one was not reached', () => {
    expect(compare({ kind: 'absent', error: { code: 'public_absent' } }, reached(1))).toBeUndefined();
  });

  it('is no division by nothing', () => {
    expect(compare(reached(0), reached(0))).toEqual({ kind: 'same' });
  });
});
