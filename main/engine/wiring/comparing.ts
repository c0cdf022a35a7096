import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createKeptFile } from '../base/kept-file.ts';
import {
  compare,
  createHistory,
  createLabDesk,
  createLatestLabs,
  historySchema,
  type LabDesk,
  type LabHistory,
  type LabLimits,
  type LatestLabs,
  measureService,
} from '../comparison/index.ts';
import type { Containers } from '../containers/index.ts';
import type { Board } from '../services/index.ts';
import type { Tunnels } from '../ssh/index.ts';
import type { Ground } from './ground.ts';

export interface Comparing {
  readonly labDesk: LabDesk;
  readonly labHistory: LabHistory;
  readonly labs: LatestLabs;
}

const within = (limits: LabLimits, most: number): LabLimits => ({
  ...limits,
  roundsMs: Math.min(limits.roundsMs, most),
  longMs: Math.min(limits.longMs, most),
});

/** The lab: both routes under the same work. */
export function createComparing(
  { options: { folder, clock, log, mostLabMs = Number.POSITIVE_INFINITY }, memory, published }: Ground,
  use: { readonly tunnels: Tunnels; readonly containers: Containers; readonly board: () => Board },
): Comparing {
  const labHistory = createHistory(
    createKeptFile({
      path: join(folder, 'comparisons.json'),
      parse: (value) => historySchema.parse(value),
      log,
    }),
  );
  const labs = createLatestLabs({ history: labHistory, clock });
  const labDesk: LabDesk = createLabDesk({
    measure: (id, how) =>
      measureService(
        {
          board: use.board(),
          tunnels: use.tunnels,
          containers: use.containers,
          compare,
          clock,
          memory,
          labDesk,
          labs,
        },
        id,
        { ...how, limits: within(how.limits, mostLabMs) },
      ),
    history: labHistory,
    clock,
    newId: randomUUID,
    log,
    publish: (state) => published.set('lab', state),
  });
  return { labDesk, labHistory, labs };
}
