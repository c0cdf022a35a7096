import type { ComparisonCell, ComparisonRow } from '../../../shared/comparison/index.ts';

/** How long the bars of a row are, from 0 to 1; `undefined` where there is nothing to draw. */
interface BarShares {
  readonly public?: number;
  readonly tunnel?: number;
}

/** How a stream arrives is no amount: a bar beside it would be read as one. */
const numberOf = (cell: ComparisonCell): number | undefined =>
  cell.kind === 'missing' || (cell.kind === 'word' && (cell.word === 'live' || cell.word === 'buffered'))
    ? undefined
    : cell.value;

/** The longer one fills its place; a share of all answers is drawn against all of them. Pure. */
export function barShares(row: Pick<ComparisonRow, 'unit' | 'public' | 'tunnel'>): BarShares {
  const [mapping, tunnel] = [numberOf(row.public), numberOf(row.tunnel)];
  const most = row.unit === 'share' ? 1 : Math.max(mapping ?? 0, tunnel ?? 0);
  const share = (value: number | undefined) =>
    value === undefined || most <= 0 ? undefined : Math.min(1, Math.max(0.01, value / most));
  return { public: share(mapping), tunnel: share(tunnel) };
}
