import type { AppError } from '../result.ts';
import type { Advice, ComparisonRecord } from './comparison-record.ts';
import type { PlatformRow } from './platform-row.ts';
import type { Facts, Finding } from './service.ts';

/** One route, asked several times one after the other. */
export type RouteMeasure =
  | { readonly kind: 'absent'; readonly error: AppError }
  | { readonly kind: 'failed'; readonly error: AppError; readonly facts: Facts }
  | {
      readonly kind: 'reached';
      /** Medians over the rounds, in milliseconds. */
      readonly connectMs: number;
      readonly firstByteMs: number;
      readonly totalMs: number;
      readonly rounds: number;
      readonly facts: Facts;
    };

/** The same request over both routes, in alternation, so that both see the same moments. */
export interface Comparison {
  readonly serviceId: string;
  readonly at: number;
  readonly public: RouteMeasure;
  readonly tunnel: RouteMeasure;
  readonly findings: readonly Finding[];
  /** What follows from the numbers, most telling first. */
  readonly advice: readonly Advice[];
  /** The platform's own six rows, with what is so for this service now. */
  readonly rows: readonly PlatformRow[];
  /** All that the comparison measured, where it was asked to. */
  readonly record?: ComparisonRecord;
}
