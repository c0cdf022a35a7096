import { z } from 'zod';

/** What goes wrong at the API on demand, for one operation. */
export const apiFaultSchema = z.strictObject({
  /** The order is carried out at once, and answered this much later, in milliseconds. */
  latencyMs: z.number().min(0).max(600_000).optional(),
  /** Carried out and never answered: nobody can know whether it was. */
  silent: z.boolean().optional(),
  /** A GraphQL error instead of the operation; without a code as an expired login has none. */
  error: z
    .strictObject({
      message: z.string(),
      code: z.string().optional(),
      details: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  /** An answer that is no GraphQL, instead of the operation. */
  http: z
    .strictObject({
      status: z.int().min(200).max(599),
      body: z.string().optional(),
      type: z.string().optional(),
      location: z.string().optional(),
    })
    .optional(),
  /** The answer breaks off after this many bytes of its body. */
  cutAfterBytes: z.int().min(0).optional(),
});
export type ApiFault = z.infer<typeof apiFaultSchema>;

export interface ApiFaults {
  /** By the field of the operation (`createJob`, `me`); `*` for all. `undefined` ends it. */
  set(operation: string, fault: ApiFault | undefined): void;
  of(operations: readonly string[]): ApiFault;
}

export function createApiFaults(): ApiFaults {
  const faults = new Map<string, ApiFault>();
  return {
    set(operation, fault) {
      if (fault === undefined) faults.delete(operation);
      else faults.set(operation, fault);
    },
    of: (operations) =>
      Object.assign({}, faults.get('*'), ...operations.map((operation) => faults.get(operation))),
  };
}
