import { z } from 'zod';
import type { Comparison } from '../../model/comparison.ts';
import type { LabRecord } from '../../model/lab.ts';
import type { Removed } from '../../model/removed.ts';
import { engine, idSchema, nothing, ofService } from './kinds.ts';

const recordId = z.strictObject({ id: idSchema });

export const comparisonRequests = {
  /** `lab`: everything that can be measured, in half a minute; `thorough`: in two and a half. */
  'services.compare': engine<Comparison>()(
    z.strictObject({
      serviceId: idSchema,
      lab: z.boolean().optional(),
      thorough: z.boolean().optional(),
    }),
  ),
  /** Measures one service after the other; none named means all that run. `lab` in the state tells how far it is. */
  'lab.start': engine<{ count: number }>()(
    z.strictObject({
      serviceIds: z.array(idSchema).max(5_000),
      thorough: z.boolean().optional(),
    }),
  ),
  'lab.cancel': engine<null>()(nothing),
  /** Comparisons of one service, newest first. */
  'lab.history': engine<readonly LabRecord[]>()(ofService),
  /** The newest comparison of each service that has one. */
  'lab.latest': engine<readonly LabRecord[]>()(nothing),
  'lab.forget': engine<Removed>()(recordId),
  /** A text without addresses and secrets, to be saved by the shell. */
  'lab.export': engine<{ fileName: string; text: string }>()(
    z.strictObject({
      id: idSchema,
      format: z.enum(['markdown', 'json']),
      language: z.enum(['en', 'zh-CN']),
    }),
  ),
} as const;
