import type { Lab } from '../../../shared/model/lab.ts';
import type { Clock } from '../base/effects.ts';
import type { LabHistory } from './history.ts';

/** What was measured lately of each service: what its findings may be drawn from. */
export interface LatestLabs {
  /** Takes up what an earlier life of the engine measured. */
  recall(): Promise<void>;
  get(serviceId: string): Lab | undefined;
  put(serviceId: string, lab: Lab): void;
}

/** Yesterday's limits of a route may be gone: what is older is history, and says nothing of now. In ms. */
export const labHoldsMs = 86_400_000;
const mostLabs = 500;

export function createLatestLabs(options: {
  readonly history: Pick<LabHistory, 'list'>;
  readonly clock: Clock;
}): LatestLabs {
  const labs = new Map<string, Lab>();
  const isFresh = (lab: Lab) => options.clock.now() - lab.startedAt < labHoldsMs;
  return {
    async recall() {
      // Newest first: the first of a service is its latest.
      for (const { serviceId, lab } of await options.history.list())
        if (isFresh(lab) && !labs.has(serviceId)) labs.set(serviceId, lab);
    },
    get(serviceId) {
      const lab = labs.get(serviceId);
      return lab !== undefined && isFresh(lab) ? lab : undefined;
    },
    put(serviceId, lab) {
      labs.delete(serviceId);
      labs.set(serviceId, lab);
      for (const [oldest] of labs) {
        if (labs.size <= mostLabs) break;
        labs.delete(oldest);
      }
    },
  };
}
