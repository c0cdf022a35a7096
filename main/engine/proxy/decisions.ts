import type { RouteChange } from '../../../shared/model/local-options.ts';
import type { Route } from '../../../shared/model/service.ts';
import { decideAgainAt, decideRoute, type RouteDecision } from '../../../shared/routing/index.ts';
import type { Clock, Stop } from '../base/effects.ts';
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
/**
 * Whoever waits on a connection that went silent waits for the route to be found down: after so long it is looked at,
 * then ever more seldom, because a model may think for minutes.
 */
const silent = { firstMs: 2_000, factor: 3 } as const;

interface Waiting {
  readonly sinceMs: number;
  /** When the route is looked at next for the sake of this one. */
  lookAt: number;
}

export function createDecisions(options: {
  readonly clock: Clock;
  readonly onRoute: (id: string) => void;
  /** Somebody waits on the route for long, and no byte came. */
  readonly onSilent: (id: string, route: Route) => void;
}): Decisions {
  const { clock } = options;
  const decisions = new Map<string, RouteDecision>();
  const changes = new Map<string, readonly RouteChange[]>();
  const known = new Map<string, ProxiedService>();
  const timers = new Map<string, Stop>();
  const suspects = new Map<string, number>();
  const waiting = new Map<string, Map<() => void, Waiting>>();
  let looking: Stop | undefined;

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
      // A doubt is settled at once where somebody waits for it.
      if (health.state === 'degraded')
        for (const one of waiting.get(name)?.values() ?? []) one.lookAt = Math.min(one.lookAt, clock.now());
      if (health.state !== 'down') continue;
      const calls = waiting.get(name);
      waiting.delete(name);
      for (const call of calls?.keys() ?? []) call();
    }
  }

  function look() {
    looking = undefined;
    const now = clock.now();
    for (const id of known.keys()) {
      for (const route of ['public', 'tunnel'] as const) {
        let due = false;
        for (const one of waiting.get(nameOf(id, route))?.values() ?? []) {
          if (now < one.lookAt) continue;
          due = true;
          one.lookAt = now + (now - one.sinceMs) * (silent.factor - 1);
        }
        if (due) options.onSilent(id, route);
      }
    }
    if (waiting.size > 0) looking = clock.after(silent.firstMs, look);
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
      const calls = waiting.get(name) ?? new Map<() => void, Waiting>();
      waiting.set(name, calls);
      const now = clock.now();
      calls.set(call, { sinceMs: now, lookAt: now + silent.firstMs });
      looking ??= clock.after(silent.firstMs, look);
      return () => {
        calls.delete(call);
        if (calls.size === 0 && waiting.get(name) === calls) waiting.delete(name);
      };
    },
    stop() {
      looking?.();
      for (const stop of timers.values()) stop();
      timers.clear();
    },
  };
}
