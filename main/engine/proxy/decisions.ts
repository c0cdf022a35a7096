import type { RouteChange } from '../../../shared/model/local-options.ts';
import type { Route } from '../../../shared/model/service.ts';
import { decideAgainAt, decideRoute, type RouteDecision } from '../../../shared/routing/index.ts';
import type { Clock, Stop } from '../effects.ts';
import type { ProxiedService } from './types.ts';

/** Where requests go, service by service, and who is waiting on which route. */
export interface Decisions {
  set(services: readonly ProxiedService[]): void;
  get(id: string): RouteDecision | undefined;
  changes(id: string): readonly RouteChange[];
  /** Routes in the order in which a request tries them. */
  order(service: ProxiedService): readonly Route[];
  /** A request failed: others go elsewhere first until the route was asked anew. */
  noteFailure(id: string, route: Route): void;
  /** Calls when the route goes down; a request that waits on it can be sent elsewhere. */
  onLost(id: string, route: Route, call: () => void): Stop;
  stop(): void;
}

/** A route that failed is not tried first for so long, unless a probe says meanwhile that it works. */
const suspectMs = 5_000;
const changesKept = 20;

export function createDecisions(options: {
  readonly clock: Clock;
  readonly onRoute: (id: string) => void;
}): Decisions {
  const { clock } = options;
  const decisions = new Map<string, RouteDecision>();
  const changes = new Map<string, readonly RouteChange[]>();
  const known = new Map<string, ProxiedService>();
  const timers = new Map<string, Stop>();
  const suspects = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();

  function decide(service: ProxiedService) {
    const { id, choice, health } = service;
    timers.get(id)?.();
    timers.delete(id);
    const previous = decisions.get(id);
    const now = clock.now();
    const next = decideRoute({ choice, public: health.public, tunnel: health.tunnel, previous, now });
    decisions.set(id, next);
    const again = decideAgainAt(next);
    if (again !== undefined)
      timers.set(
        id,
        clock.after(again - now, () => decide(known.get(id) ?? service)),
      );
    if (previous?.route === next.route && previous?.reason === next.reason) return;
    const change = { at: now, route: next.route, reason: next.reason };
    changes.set(id, [...(changes.get(id) ?? []), change].slice(-changesKept));
    options.onRoute(id);
  }

  const nameOf = (id: string, route: Route) => `${route} ${id}`;

  function noteHealth(service: ProxiedService) {
    for (const route of ['public', 'tunnel'] as const) {
      const name = nameOf(service.id, route);
      const health = service.health[route];
      const failedAt = suspects.get(name);
      if (failedAt !== undefined && health.state === 'up' && health.verifiedAt > failedAt)
        suspects.delete(name);
      if (health.state !== 'down') continue;
      const calls = waiting.get(name);
      waiting.delete(name);
      for (const call of calls ?? []) call();
    }
  }

  return {
    set(services) {
      const present = new Set(services.map((service) => service.id));
      for (const id of [...known.keys()]) {
        if (present.has(id)) continue;
        known.delete(id);
        decisions.delete(id);
        changes.delete(id);
        timers.get(id)?.();
        timers.delete(id);
        for (const route of ['public', 'tunnel'] as const) suspects.delete(nameOf(id, route));
      }
      for (const service of services) {
        known.set(service.id, service);
        noteHealth(service);
        decide(service);
      }
    },
    get: (id) => decisions.get(id),
    changes: (id) => changes.get(id) ?? [],
    order(service) {
      if (service.choice !== 'auto') return [service.choice];
      const first = decisions.get(service.id)?.route ?? 'tunnel';
      const other: Route = first === 'public' ? 'tunnel' : 'public';
      const failedAt = suspects.get(nameOf(service.id, first)) ?? Number.NEGATIVE_INFINITY;
      const otherFailedAt = suspects.get(nameOf(service.id, other)) ?? Number.NEGATIVE_INFINITY;
      const isSuspect = clock.now() - failedAt < suspectMs && otherFailedAt < failedAt;
      // A route that is not there at all is no better than one that just failed.
      const otherIsThere = other === 'public' ? service.public !== undefined : service.tunnel !== undefined;
      return isSuspect && otherIsThere ? [other, first] : [first, other];
    },
    noteFailure: (id, route) => void suspects.set(nameOf(id, route), clock.now()),
    onLost(id, route, call) {
      const name = nameOf(id, route);
      const calls = waiting.get(name) ?? new Set();
      waiting.set(name, calls);
      calls.add(call);
      return () => {
        calls.delete(call);
        if (calls.size === 0 && waiting.get(name) === calls) waiting.delete(name);
      };
    },
    stop() {
      for (const stop of timers.values()) stop();
      timers.clear();
    },
  };
}
