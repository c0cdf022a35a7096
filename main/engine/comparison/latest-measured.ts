import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Clock } from '../base/effects.ts';
import type { ComparisonHistory } from './history.ts';

/** What was measured lately of each service: what its findings may be drawn from. */
export interface LatestMeasured {
  /** Takes up what an earlier life of the engine measured. */
  recall(): Promise<void>;
  get(serviceId: string): Measured | undefined;
  put(serviceId: string, measured: Measured): void;
}

/** Yesterday's limits of a route may be gone: what is older is history, and says nothing of now. In ms. */
export const measuredHoldsMs = 86_400_000;
const mostMeasured = 500;

export function createLatestMeasured(options: {
  readonly history: Pick<ComparisonHistory, 'list'>;
  readonly clock: Clock;
}): LatestMeasured {
  const latestMeasured = new Map<string, Measured>();
  const isFresh = (measured: Measured) => options.clock.now() - measured.startedAt < measuredHoldsMs;
  return {
    async recall() {
      // Newest first: the first of a service is its latest.
      for (const { serviceId, measured } of await options.history.list())
        if (isFresh(measured) && !latestMeasured.has(serviceId)) latestMeasured.set(serviceId, measured);
    },
    get(serviceId) {
      const measured = latestMeasured.get(serviceId);
      return measured !== undefined && isFresh(measured) ? measured : undefined;
    },
    put(serviceId, measured) {
      latestMeasured.delete(serviceId);
      latestMeasured.set(serviceId, measured);
      for (const [oldest] of latestMeasured) {
        if (latestMeasured.size <= mostMeasured) break;
        latestMeasured.delete(oldest);
      }
    },
  };
}
