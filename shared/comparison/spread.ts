import type { Spread } from '../model/comparison-record.ts';

/** The value below which a share of all values lies (nearest rank); `undefined` of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Median and tail, in the unit of the values; `undefined` for none. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(values, share));
  if (p50 === undefined || p95 === undefined || p99 === undefined) return undefined;
  return { p50, p95, p99, count: values.length };
}

/** Mean absolute change between neighbours; `undefined` below two values. */
export function jitterOf(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const changes = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  return changes.reduce((sum, change) => sum + change, 0) / changes.length;
}
