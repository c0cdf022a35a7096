import type { RouteMeasure } from '../model/comparison.ts';
import type { Facts, StepName } from '../model/service.ts';
import { failureOf } from '../verdicts/index.ts';
import { median } from './median.ts';

/** What it took until bytes could flow. */
const connectSteps: readonly StepName[] = ['name', 'tcp', 'tls', 'ssh', 'channel'];

/**
 * Sums up several rounds on one route. One that failed in most rounds has failed: its last failure is shown. Rounds
 * that failed do not count into the times.
 */
export function measureOf(rounds: readonly Facts[]): RouteMeasure | undefined {
  const good = rounds.filter((facts) => failureOf(facts) === undefined);
  const bad = rounds.filter((facts) => failureOf(facts) !== undefined);
  const lastBad = bad.at(-1);
  const error = lastBad === undefined ? undefined : failureOf(lastBad);
  if (lastBad !== undefined && error !== undefined && bad.length >= good.length)
    return { kind: 'failed', error, facts: lastBad };
  const last = good.at(-1);
  if (last === undefined) return undefined;
  return {
    kind: 'reached',
    connectMs: median(good.map(connectMs)) ?? 0,
    firstByteMs: median(good.map((facts) => facts.firstByteMs ?? facts.totalMs)) ?? 0,
    totalMs: median(good.map((facts) => facts.totalMs)) ?? 0,
    rounds: good.length,
    facts: last,
  };
}

const connectMs = (facts: Facts): number =>
  facts.steps
    .filter((step) => connectSteps.includes(step.name))
    .reduce((sum, step) => sum + (step.kind === 'skipped' ? 0 : step.ms), 0);
