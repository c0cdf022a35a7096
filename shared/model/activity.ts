import { z } from 'zod';
import { type ActivityCode, type ActivityLevel, activityLevels } from '../activity-levels.ts';
import { errorCodes } from '../errors.ts';
import type { AppError } from '../result.ts';
import { actionNames } from './action-names.ts';
import { routeReasons } from './route.ts';

export { type ActivityCode, type ActivityLevel, activityLevels } from '../activity-levels.ts';
export { type ActionName, actionNames, isActionName } from './action-names.ts';

const errorSchema: z.ZodType<AppError> = z.strictObject({
  code: z.enum(errorCodes),
  params: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number()])).optional(),
  field: z.string().max(100).optional(),
  detail: z.string().max(5_000).optional(),
});

/** What something happened to, with the name that it had then. */
const subjectSchema = z.strictObject({
  kind: z.enum(['service', 'container', 'launch', 'connection']),
  id: z.string().max(300),
  name: z.string().max(300),
});
export type Subject = Readonly<z.infer<typeof subjectSchema>>;

/** One line of the list. What repeats within a minute is counted and not written again. No secret is in it. */
export const activityEventSchema = z.strictObject({
  code: z.custom<ActivityCode>((code) => typeof code === 'string' && Object.hasOwn(activityLevels, code)),
  subject: subjectSchema.optional(),
  route: z.enum(['public', 'tunnel']).optional(),
  reason: z.enum(routeReasons).optional(),
  port: z.number().optional(),
  /** With `action_*`: the request. */
  action: z.enum(actionNames).optional(),
  /** With `agent_*`: how the program that asked calls itself. */
  agent: z.string().max(60).optional(),
  error: errorSchema.optional(),
  /** Counts up; a later one happened later. */
  id: z.int().min(1),
  /** The first and the last time, milliseconds since the epoch. */
  at: z.number(),
  lastAt: z.number(),
  times: z.int().min(1),
});
export type ActivityEvent = Readonly<z.infer<typeof activityEventSchema>>;

/** What happened, as whoever noticed it says it. */
export type Happening = Omit<ActivityEvent, 'id' | 'at' | 'lastAt' | 'times'>;

/** Narrows the list: any part may be left out. */
export interface ActivityFilter {
  readonly subjectId?: string;
  readonly levels?: readonly ActivityLevel[];
}
