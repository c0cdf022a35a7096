import type { Measured, MeasuredRoute, MissingReason } from '../model/comparison-record.ts';
import { isTelling } from './telling.ts';

/** One line of the table that stands both routes side by side. */
export const comparisonRowKeys = [
  'availability',
  'connect',
  'wait',
  'firstByte',
  'firstByteP95',
  'firstByteP99',
  'total',
  'jitter',
  'down',
  'up',
  'socket',
  'stream',
  'long',
  'body',
] as const;
export type ComparisonRowKey = (typeof comparisonRowKeys)[number];

export type ComparisonCell =
  | { readonly kind: 'value'; readonly value: number }
  /** A word in place of a number, or before it. */
  | { readonly kind: 'word'; readonly word: ComparisonWord; readonly value?: number }
  | { readonly kind: 'missing'; readonly why: MissingReason };
export const comparisonWords = ['refused', 'live', 'buffered', 'passed', 'cut'] as const;
type ComparisonWord = (typeof comparisonWords)[number];

export interface ComparisonRow {
  readonly key: ComparisonRowKey;
  readonly unit: 'share' | 'ms' | 'bytesPerSecond' | 'bytes';
  readonly public: ComparisonCell;
  readonly tunnel: ComparisonCell;
  /** How many times as good the better one is; absent where two numbers cannot be compared. */
  readonly ratio?: number;
  readonly better?: 'public' | 'tunnel';
}

type Column = readonly [
  key: ComparisonRowKey,
  unit: ComparisonRow['unit'],
  direction: 'less' | 'more',
  read: (route: MeasuredRoute) => ComparisonCell,
];

const number = (value: number | undefined, route: MeasuredRoute): ComparisonCell =>
  value === undefined
    ? { kind: 'missing', why: route.attempts === 0 ? 'route_absent' : 'route_down' }
    : { kind: 'value', value };

const columns: readonly Column[] = [
  [
    'availability',
    'share',
    'more',
    (route) => number(route.attempts === 0 ? undefined : route.answered / route.attempts, route),
  ],
  ['connect', 'ms', 'less', (route) => number(route.connectMs?.p50, route)],
  ['wait', 'ms', 'less', (route) => number(route.waitMs?.p50, route)],
  ['firstByte', 'ms', 'less', (route) => number(route.firstByteMs?.p50, route)],
  ['firstByteP95', 'ms', 'less', (route) => number(route.firstByteMs?.p95, route)],
  ['firstByteP99', 'ms', 'less', (route) => number(route.firstByteMs?.p99, route)],
  ['total', 'ms', 'less', (route) => number(route.totalMs?.p50, route)],
  ['jitter', 'ms', 'less', (route) => number(route.jitterMs, route)],
  [
    'down',
    'bytesPerSecond',
    'more',
    ({ down }) => (down.kind === 'measured' ? { kind: 'value', value: down.bytesPerSecond } : down),
  ],
  [
    'up',
    'bytesPerSecond',
    'more',
    ({ up }) => (up.kind === 'measured' ? { kind: 'value', value: up.bytesPerSecond } : up),
  ],
  [
    'socket',
    'ms',
    'less',
    ({ socket }) =>
      socket.kind === 'measured'
        ? { kind: 'value', value: socket.ms.p50 }
        : socket.kind === 'refused'
          ? { kind: 'word', word: 'refused' }
          : socket,
  ],
  [
    'stream',
    'ms',
    'less',
    ({ stream }) =>
      stream.kind === 'measured'
        ? { kind: 'word', word: stream.buffered ? 'buffered' : 'live', value: stream.firstMs }
        : stream,
  ],
  [
    'long',
    'ms',
    'more',
    ({ long }) => (long.kind === 'missing' ? long : { kind: 'word', word: long.kind, value: long.ms }),
  ],
  [
    'body',
    'bytes',
    'more',
    ({ body }) =>
      body.kind === 'missing'
        ? body
        : { kind: 'word', word: body.kind === 'passed' ? 'passed' : 'cut', value: body.bytes },
  ],
];

/** Both columns and how they compare, as the window and the report show them. Pure. */
export const comparisonTable = (measured: Pick<Measured, 'public' | 'tunnel'>): readonly ComparisonRow[] =>
  columns.map(([key, unit, direction, read]) => {
    const row = { key, unit, public: read(measured.public), tunnel: read(measured.tunnel) };
    if (row.public.kind !== 'value' || row.tunnel.kind !== 'value') return row;
    const [one, other] = [row.public.value, row.tunnel.value];
    const [most, least] = [Math.max(one, other), Math.min(one, other)];
    if (!isTelling(unit === 'ms' || unit === 'bytesPerSecond' ? unit : 'other', one, other)) return row;
    const better = (one === least) === (direction === 'less') ? 'public' : 'tunnel';
    return { ...row, ratio: most / least, better };
  });
