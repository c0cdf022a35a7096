import { z } from 'zod';
import type { ActivityEvent } from '../../model/activity.ts';
import { settingNames, settingsChangeSchema } from '../../model/settings.ts';
import { idSchema, nothing, shell } from './kinds.ts';

export const shellRequests = {
  /** Opens a service's address in the person's browser. */
  'shell.open': shell<{ url: string }>()(
    z.strictObject({
      serviceId: idSchema,
      which: z.enum(['best', 'public', 'tunnel', 'local']),
    }),
  ),
  /** Opens one of the pages that Gearway itself names: where a token is made, its licence. */
  'shell.openPage': shell<null>()(
    z.strictObject({ page: z.enum(['openbayes_token', 'hyperai_token', 'real_name']) }),
  ),
  /**
   * Hands a container, a connection or a service to another program of this computer; the answer is the line that does
   * the same in a terminal. `program_absent`, `not_openable`, `program_not_started`.
   */
  'shell.openIn': shell<{ command: string }>()(
    z.strictObject({
      of: z.enum(['container', 'connection', 'service']),
      id: idSchema,
      program: z.string().min(1).max(60),
    }),
  ),
  /** Changes some settings; each takes effect at once. `login_item_refused` leaves all of them as they were. */
  'shell.settings': shell<null>()(settingsChangeSchema),
  /** Gives the named settings their defaults; without names all but the marks. */
  'shell.resetSettings': shell<null>()(z.strictObject({ names: z.array(z.enum(settingNames)).optional() })),
  /** Marks a service as one that matters, or takes the mark away. */
  'shell.mark': shell<null>()(z.strictObject({ serviceId: idSchema, marked: z.boolean() })),
  /** The end of the log, where it is, and how many crash reports are beside it. */
  'shell.log': shell<{ text: string; file: string; crashes: number }>()(nothing),
  /** Shows the folder of the log and of crash reports. `not_openable`. */
  'shell.showLogs': shell<null>()(nothing),
  /** The person has read the notices about files. */
  'shell.dismissNotices': shell<null>()(nothing),
  /** What happened, newest first; `before` goes on from the last id of a page. Ask again when `shell.activity` changes. */
  'shell.activity': shell<{ events: readonly ActivityEvent[] }>()(
    z.strictObject({
      subjectId: z.string().max(200).optional(),
      levels: z.array(z.enum(['good', 'info', 'warning', 'bad'])).optional(),
      before: z.int().optional(),
      limit: z.int().min(1).max(500),
    }),
  ),
  'shell.clearActivity': shell<null>()(nothing),
} as const;
