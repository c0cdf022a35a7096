import type { Facts, Step, StepName } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';

/** Collects the steps of one probe as they happen. Times are those of the monotonic clock, in milliseconds. */
export interface Stopwatch {
  /** The step that is under way, which a failure belongs to. */
  begin(name: StepName): void;
  done(): void;
  /** Begins the step anew: what was waited in it so far was waited on our own account, and counts nowhere. */
  again(): void;
  readonly step: StepName;
  /** From the start of the probe. */
  elapsed(): number;
  facts(rest: Omit<Facts, 'at' | 'steps' | 'totalMs'>): Facts;
  failed(error: AppError): Facts;
}

/** Begins with the step `first`; `now` dates the whole (ms since the epoch), the steps go by the monotonic clock. */
export function startStopwatch(now: () => number, first: StepName): Stopwatch {
  let bornAt = performance.now();
  const steps: Step[] = [];
  let step = first;
  let begunAt = bornAt;
  const elapsed = () => round(performance.now() - bornAt);
  const took = () => round(performance.now() - begunAt);
  return {
    begin(name) {
      step = name;
      begunAt = performance.now();
    },
    done() {
      steps.push({ name: step, kind: 'ok', ms: took() });
    },
    again() {
      const now = performance.now();
      bornAt += now - begunAt;
      begunAt = now;
    },
    get step() {
      return step;
    },
    elapsed,
    facts: (rest) => ({ at: now(), steps: [...steps], totalMs: elapsed(), ...rest }),
    failed: (error) => ({
      at: now(),
      steps: [...steps, { name: step, kind: 'failed', ms: took(), error }],
      totalMs: elapsed(),
    }),
  };
}

/** A hundredth of a millisecond: finer than any clock here is true. */
const round = (ms: number): number => Math.round(ms * 100) / 100;
