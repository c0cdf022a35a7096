import { z } from 'zod';

/** What goes wrong at the edge on demand, for one mapping. */
export const edgeFaultSchema = z.strictObject({
  /** Before a request goes on, in milliseconds. */
  latencyMs: z.number().min(0).max(600_000).optional(),
  /** An answer that has not begun after this time is a 504. */
  firstByteLimitMs: z.number().min(1).max(600_000).optional(),
  /** The whole answer is gathered before any of it goes on; a stream that never ends never arrives. */
  buffer: z.boolean().optional(),
  /** A request with a larger body is a 413. */
  bodyLimitBytes: z.int().min(0).optional(),
  /** WebSockets are not passed: an upgrade is a 400. */
  noUpgrade: z.boolean().optional(),
  /** The share of requests that are cut, from 0 to 1, spread evenly. */
  loss: z.number().min(0).max(1).optional(),
  /** Every connection is cut. */
  outage: z.boolean().optional(),
});
export type EdgeFault = z.infer<typeof edgeFaultSchema>;

export interface EdgeFaults {
  /** By the name of a mapping; `*` for all. An empty fault ends it. */
  set(name: string, fault: EdgeFault): void;
  of(name: string): EdgeFault;
  /** Asked once for each request: is this one cut. */
  cuts(name: string): boolean;
}

export function createFaults(initial: Readonly<Record<string, EdgeFault>> = {}): EdgeFaults {
  const faults = new Map<string, EdgeFault>(Object.entries(initial));
  /** What of a loss is owed: evenly spread, so that forty requests show a share of 0.3 as twelve. */
  const owed = new Map<string, number>();
  const of = (name: string): EdgeFault => ({ ...faults.get('*'), ...faults.get(name) });
  return {
    set(name, fault) {
      owed.clear();
      faults.set(name, fault);
    },
    of,
    cuts(name) {
      const { outage, loss = 0 } = of(name);
      if (outage === true) return true;
      const debt = (owed.get(name) ?? 0) + loss;
      const cut = debt >= 1 - 1e-9;
      owed.set(name, cut ? debt - 1 : debt);
      return cut;
    },
  };
}

/** Reads `NAME:latencyMs=150,buffer`; `undefined` where it is none. */
export function readFault(text: string): { readonly name: string; readonly fault: EdgeFault } | undefined {
  const found = /^([^:]+):(.*)$/.exec(text.trim());
  if (found?.[1] === undefined || found[2] === undefined) return undefined;
  const words = found[2].split(',').filter((word) => word.trim() !== '');
  const entries = words.map((word) => {
    const [key = '', value] = word.trim().split('=');
    return [key, value === undefined || value === 'true' ? true : value === 'false' ? false : Number(value)];
  });
  const parsed = edgeFaultSchema.safeParse(Object.fromEntries(entries));
  return parsed.success ? { name: found[1], fault: parsed.data } : undefined;
}
