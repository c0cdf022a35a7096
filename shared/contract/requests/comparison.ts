import { z } from 'zod';
import type { Comparison } from '../../model/comparison.ts';
import type { ComparisonRecord } from '../../model/comparison-record.ts';
import type { Removed } from '../../model/removed.ts';
import { engine, idSchema, nothing, ofService } from './kinds.ts';

const recordId = z.strictObject({ id: idSchema });

export const comparisonRequests = {
  /** `full`: everything that can be measured, in half a minute; `thorough`: in two and a half. */
  'services.compare': engine<Comparison>()(
    z.strictObject({
      serviceId: idSchema,
      full: z.boolean().optional(),
      thorough: z.boolean().optional(),
    }),
  ),
  /** Measures one service after the other; none named means all that run. `comparison` in the state tells how far it is. */
  'comparison.start': engine<{ count: number }>()(
    z.strictObject({
      serviceIds: z.array(idSchema).max(5_000),
      thorough: z.boolean().optional(),
    }),
  ),
  'comparison.cancel': engine<null>()(nothing),
  /** Comparisons of one service, newest first. */
  'comparison.history': engine<readonly ComparisonRecord[]>()(ofService),
  /** The newest comparison of each service that has one. */
  'comparison.latest': engine<readonly ComparisonRecord[]>()(nothing),
  'comparison.forget': engine<Removed>()(recordId),
  /** A text without addresses and secrets, to be saved by the shell. */
  'comparison.export': engine<{ fileName: string; text: string }>()(
    z.strictObject({
      id: idSchema,
      format: z.enum(['markdown', 'json']),
      language: z.enum(['en', 'zh-CN']),
    }),
  ),
} as const;
