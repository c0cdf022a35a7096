import type { Exchange, ExchangeSummary, HeaderPair } from '../../../../shared/model/exchange.ts';
import { ok } from '../../../../shared/result.ts';
import type { PutBack } from '../../base/bin.ts';
import type { Clock } from '../../base/effects.ts';
import { Recording, type RequestFacts } from './recording.ts';

/** How many exchanges of one service are remembered. */
const exchangesKept = 500;

export interface ExchangeFilter {
  readonly serviceId?: string;
  /** Only what changed after this revision. */
  readonly after?: number;
  /** In method, path, status, route or the name of the service, any case. */
  readonly text?: string;
  readonly only?: 'failed' | 'websocket' | 'events';
  readonly limit?: number;
}

/** The last exchanges of every service, in memory only. */
export interface Inspector {
  begin(serviceId: string, facts: RequestFacts, requestHeaders?: readonly HeaderPair[]): Recording;
  /** Newest first, and the revision to ask after next time. */
  list(filter: ExchangeFilter): { readonly exchanges: readonly ExchangeSummary[]; readonly revision: number };
  get(id: string): Exchange | undefined;
  recording(id: string): Recording | undefined;
  /** Gives the way back: what came since stays. */
  clear(serviceId?: string): PutBack;
  /** Keep the beginning of bodies from now on; those that were kept are dropped with `false`. */
  keepBodies(serviceId: string, keep: boolean): void;
  keepsBodies(serviceId: string): boolean;
  /** Services that went take their exchanges with them. */
  follow(serviceIds: ReadonlySet<string>): void;
}

interface Ring {
  readonly slots: Recording[];
  /** Where the next one goes; the oldest stands there once the ring is full. */
  next: number;
}

export function createInspector(options: {
  readonly clock: Clock;
  /** Milliseconds from any zero, finer than the clock. */
  readonly ticks: () => number;
  readonly nameOf: (serviceId: string) => string | undefined;
}): Inspector {
  const { clock, ticks, nameOf } = options;
  const rings = new Map<string, Ring>();
  const withBodies = new Set<string>();
  let made = 0;
  let revision = 0;
  const changed = (recording: Recording) => {
    revision += 1;
    recording.revision = revision;
  };

  const matches = (one: ExchangeSummary, filter: ExchangeFilter): boolean => {
    if (filter.only === 'failed' && one.state !== 'failed' && one.state !== 'cut' && (one.status ?? 0) < 400)
      return false;
    if ((filter.only === 'websocket' || filter.only === 'events') && one.kind !== filter.only) return false;
    const text = filter.text?.trim().toLowerCase();
    return (
      text === undefined ||
      text === '' ||
      `${one.method} ${one.path} ${one.status ?? ''} ${one.route ?? ''} ${nameOf(one.serviceId) ?? ''}`
        .toLowerCase()
        .includes(text)
    );
  };

  const find = (id: string): Recording | undefined => {
    for (const ring of rings.values()) {
      const found = ring.slots.find((recording) => recording.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  return {
    begin(serviceId, facts, requestHeaders) {
      made += 1;
      const recording = new Recording({
        id: `x${made}`,
        serviceId,
        facts,
        startedAt: clock.now(),
        now: ticks,
        changed,
        keepsBodies: withBodies.has(serviceId),
        requestHeaders,
      });
      let ring = rings.get(serviceId);
      if (ring === undefined) {
        ring = { slots: [], next: 0 };
        rings.set(serviceId, ring);
      }
      ring.slots[ring.next] = recording;
      ring.next = (ring.next + 1) % exchangesKept;
      changed(recording);
      return recording;
    },
    list(filter) {
      const chosen =
        filter.serviceId === undefined ? [...rings.values()] : [rings.get(filter.serviceId)].filter(isThere);
      const after = filter.after ?? 0;
      // An open stream goes on growing without a change of state: it is told with every list.
      const exchanges = chosen
        .flatMap((ring) => ring.slots)
        .filter((recording) => recording.revision > after || (recording.isOpen && recording.counts))
        .map((recording) => recording.summary())
        .filter((one) => matches(one, filter))
        .sort(
          (one, other) =>
            other.startedAt - one.startedAt || Number(other.id.slice(1)) - Number(one.id.slice(1)),
        )
        .slice(0, filter.limit ?? exchangesKept);
      return { exchanges, revision };
    },
    get: (id) => find(id)?.whole(),
    recording: find,
    clear(serviceId) {
      const gone = [...rings].filter(([id]) => serviceId === undefined || id === serviceId);
      for (const [id] of gone) rings.delete(id);
      revision += 1;
      return () => {
        for (const [id, { slots, next }] of gone) {
          // Oldest first, as a ring that has just been filled.
          const old = [...slots.slice(next), ...slots.slice(0, next)];
          const fresh = rings.get(id);
          const since =
            fresh === undefined
              ? []
              : [...fresh.slots.slice(fresh.next), ...fresh.slots.slice(0, fresh.next)];
          const all = [...old, ...since].slice(-exchangesKept);
          for (const recording of all) changed(recording);
          rings.set(id, { slots: all, next: all.length % exchangesKept });
        }
        return ok(null);
      };
    },
    keepBodies(serviceId, keep) {
      if (keep) withBodies.add(serviceId);
      else if (withBodies.delete(serviceId)) rings.delete(serviceId);
    },
    keepsBodies: (serviceId) => withBodies.has(serviceId),
    follow(serviceIds) {
      for (const id of [...rings.keys()]) if (!serviceIds.has(id)) rings.delete(id);
    },
  };
}

const isThere = (ring: Ring | undefined): ring is Ring => ring !== undefined;
