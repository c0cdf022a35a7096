import { z } from 'zod';
import { engine, idSchema } from './kinds.ts';

export const undoRequests = {
  /** Brings back what a removal took away, with its secrets. `undo_gone` after a minute, or when it was done already. */
  'undo.putBack': engine<null>()(z.strictObject({ undoId: idSchema })),
} as const;
