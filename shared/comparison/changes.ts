import type { ComparisonRecord } from '../model/comparison-record.ts';
import { type ComparisonRow, type ComparisonRowKey, comparisonTable } from './comparison-table.ts';

/** What became better or worse on one route since an earlier comparison. */
interface ComparisonChange {
  readonly key: ComparisonRowKey;
  readonly unit: ComparisonRow['unit'];
  readonly route: 'public' | 'tunnel';
  readonly before: number;
  readonly now: number;
  readonly verdict: 'better' | 'worse';
}

/** Two runs on the same line differ by so much without anything having changed. */
const noticeable = 1.25;
const noticeableMs = 5;
const moreIsBetter: ReadonlySet<ComparisonRow['unit']> = new Set(['share', 'bytesPerSecond']);

/** What is clearly different from an earlier comparison of the same service. Pure. */
export function changesSince(before: ComparisonRecord, now: ComparisonRecord): readonly ComparisonChange[] {
  const earlier = new Map(comparisonTable(before.measured).map((row) => [row.key, row]));
  return comparisonTable(now.measured).flatMap((row) =>
    (['public', 'tunnel'] as const).flatMap((route): readonly ComparisonChange[] => {
      const old = numberOf(earlier.get(row.key)?.[route]);
      const fresh = numberOf(row[route]);
      if (old === undefined || fresh === undefined || !isClear(row.unit, old, fresh)) return [];
      const verdict = fresh > old === moreIsBetter.has(row.unit) ? 'better' : 'worse';
      return [{ key: row.key, unit: row.unit, route, before: old, now: fresh, verdict }];
    }),
  );
}

const numberOf = (cell: ComparisonRow['public'] | undefined): number | undefined =>
  cell?.kind === 'value' ? cell.value : undefined;

function isClear(unit: ComparisonRow['unit'], one: number, other: number): boolean {
  if (unit === 'share') return Math.abs(one - other) >= 0.05;
  const least = Math.min(one, other);
  if (unit === 'ms' && Math.abs(one - other) < noticeableMs) return false;
  return least > 0 && Math.max(one, other) / least >= noticeable;
}
