/** What goes wrong at the API on demand, for one operation. */
export interface ApiFault {
  /** The order is carried out at once, and answered this much later, in milliseconds. */
  readonly latencyMs?: number;
  /** Carried out and never answered: nobody can know whether it was. */
  readonly silent?: boolean;
  /** A GraphQL error instead of the operation; without a code as an expired login has none. */
  readonly error?: { readonly message: string; readonly code?: string; readonly details?: object };
  /** An answer that is no GraphQL, instead of the operation. */
  readonly http?: {
    readonly status: number;
    readonly body?: string;
    readonly type?: string;
    readonly location?: string;
  };
  /** The answer breaks off after this many bytes of its body. */
  readonly cutAfterBytes?: number;
}

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
