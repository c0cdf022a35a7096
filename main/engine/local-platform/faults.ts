/** What goes wrong at the edge on demand, for one mapping. */
export interface EdgeFault {
  /** Before the request goes on, in milliseconds. */
  readonly latencyMs?: number;
  /** An answer that has not begun after this time is a 504. */
  readonly firstByteLimitMs?: number;
  /** Connections are cut. */
  readonly outage?: boolean;
}

export interface EdgeFaults {
  /** By the name of a mapping; `*` for all. An empty fault ends it. */
  set(name: string, fault: EdgeFault): void;
  of(name: string): EdgeFault;
}

export function createFaults(): EdgeFaults {
  const faults = new Map<string, EdgeFault>();
  return {
    set: (name, fault) => void faults.set(name, fault),
    of: (name) => ({ ...faults.get('*'), ...faults.get(name) }),
  };
}
