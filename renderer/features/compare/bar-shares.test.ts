import { describe, expect, it } from 'vitest';
import type { ComparisonCell, ComparisonRow } from '../../../shared/comparison/index.ts';
import { barShares } from './bar-shares.ts';

const value = (of: number): ComparisonCell => ({ kind: 'value', value: of });
const missing: ComparisonCell = { kind: 'missing', why: 'route_absent' };

describe('the bars of a row', () => {
  it.each<[string, ComparisonRow['unit'], ComparisonCell, ComparisonCell, ReturnType<typeof barShares>]>([
    ['the longer one fills its place', 'ms', value(80), value(20), { public: 1, tunnel: 0.25 }],
    ['a share is drawn against all', 'share', value(0.5), value(1), { public: 0.5, tunnel: 1 }],
    ['what is missing has none', 'ms', missing, value(20), { public: undefined, tunnel: 1 }],
    ['nothing is not drawn against nothing', 'ms', value(0), value(0), {}],
    ['a very short one can still be seen', 'ms', value(1), value(10_000), { public: 0.01, tunnel: 1 }],
    [
      'a limit has a bar as long as it is',
      'bytes',
      { kind: 'word', word: 'cut', value: 1_000 },
      { kind: 'word', word: 'passed', value: 8_000 },
      { public: 0.125, tunnel: 1 },
    ],
    [
      'how a stream arrives has none',
      'ms',
      { kind: 'word', word: 'buffered', value: 900 },
      { kind: 'word', word: 'live', value: 3 },
      {},
    ],
    ['a word without a value has none', 'ms', { kind: 'word', word: 'refused' }, value(3), { tunnel: 1 }],
  ])('%s', (_name, unit, mapping, tunnel, expected) => {
    expect(barShares({ unit, public: mapping, tunnel })).toEqual(expected);
  });
});
