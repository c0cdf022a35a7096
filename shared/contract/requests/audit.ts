import { z } from 'zod';
import { engine, idSchema, nothing } from './kinds.ts';

export const auditRequests = {
  /**
   * Asks public addresses, without a login, what they give to everybody; none named means all that are mapped. Only
   * reads. `audit` in the state tells how far it is, `audits` what was found. `service_not_found`, `public_absent`.
   */
  'audit.start': engine<{ count: number }>()(z.strictObject({ serviceIds: z.array(idSchema).max(5_000) })),
  'audit.cancel': engine<null>()(nothing),
} as const;
