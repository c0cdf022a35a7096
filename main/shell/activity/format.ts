import { z } from 'zod';
import { type ActivityEvent, activityEventSchema } from '../../../shared/model/activity.ts';
import type { Format } from '../files/index.ts';

/** The list as it lies on the disk. A line that cannot be read, or that only a later Gearway knows, is left out. */
const activitySchema = z.strictObject({
  events: z
    .array(z.unknown())
    .default([])
    .transform((lines): readonly ActivityEvent[] =>
      lines.flatMap((line) => {
        const read = activityEventSchema.safeParse(line);
        return read.success ? [read.data] : [];
      }),
    ),
});
export type ActivityFile = z.infer<typeof activitySchema>;

export const activityFormat: Format<ActivityFile> = { schema: activitySchema, migrations: [] };
