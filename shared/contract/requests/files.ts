import { z } from 'zod';
import type { ImportSummary } from '../../model/backup.ts';
import { savedKinds } from '../../model/saved-file.ts';
import { exchangeFilter, idSchema, nothing, shell } from './kinds.ts';

/** A picture of a comparison is some hundred kilobytes. */
export const mostPictureCharacters = 3_000_000;

export const fileRequests = {
  /** Writes the exchanges that fit to a file of the person's choice. `cancelled`, `file_not_written`. */
  'shell.exportHar': shell<{ file: string }>()(exchangeFilter),
  /**
   * Asks where, then writes one file of this kind; what stands in it is made by the side that knows it. Answers the
   * file's name without its folder. `cancelled` when the person chose none, `file_not_written`. `subject` says of what,
   * where there are several: the id of a started service for its log, of one recipe instead of all.
   */
  'shell.save': shell<{ file: string }>()(
    z.strictObject({ kind: z.enum(savedKinds), subject: z.string().min(1).max(300).optional() }),
  ),
  /**
   * Asks where, then writes one kept comparison: as text or data by the engine, as the picture that the window drew
   * (PNG, in base64). `record_not_found`, `cancelled`, `file_not_written`.
   */
  'shell.saveComparison': shell<{ file: string }>()(
    z.discriminatedUnion('format', [
      z.strictObject({ format: z.enum(['markdown', 'json']), id: idSchema }),
      z.strictObject({
        format: z.literal('png'),
        id: idSchema,
        picture: z.base64().startsWith('iVBORw0KGgo').max(mostPictureCharacters),
      }),
    ]),
  ),
  /**
   * Writes settings and everything Gearway remembers to a file of the person's choice. Secrets go along only with a
   * passphrase (at least 8 characters), sealed by it. `passphrase_short`, `cancelled`, `file_not_written`.
   */
  'shell.export': shell<{ file: string }>()(z.strictObject({ passphrase: z.string().max(500).optional() })),
  /** Asks for such a file and says what is in it; nothing changes yet. `import_*`, `file_not_read`, `cancelled`. */
  'shell.chooseImport': shell<ImportSummary>()(nothing),
  /**
   * Replaces settings, memory and secrets by what the chosen file holds; copies of the old files are kept. Without
   * a passphrase the secrets are left out. `passphrase_wrong` changes nothing; `import_gone` when another was chosen.
   */
  'shell.import': shell<null>()(
    z.strictObject({ importId: z.string().max(100), passphrase: z.string().max(500).optional() }),
  ),
} as const;
