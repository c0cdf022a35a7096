import type { Facts, Protocol, Route, RouteHealth } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { failureOf, nextHealth } from '../../../shared/verdicts/index.ts';
import type { Clock, Random, Stop } from '../base/effects.ts';
import { type HostBudget, hostOfAddress } from './host-budget.ts';
import { nextProbeMs, staleAfterMs } from './next-probe.ts';
import type { ProbeOptions, PublicTarget } from './probe-public.ts';
import { type Asking, createProbeQueue } from './probe-queue.ts';
import type { TunnelTarget } from './probe-tunnel.ts';

interface WatchedService {
  readonly id: string;
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
  /** A person wants it to be left alone: nothing is sent to it by any route. */
  readonly isLeftAlone?: boolean;
  /** What carries its tunnel: the container. Absent: the service itself. */
  readonly tunnelHost?: string;
  readonly protocol: Protocol;
}

interface ServiceHealth {
  readonly public: RouteHealth;
  readonly tunnel: RouteHealth;
}

/** Watches every route that there is, seldom where all is well. */
export interface Health {
  /** The services as they are now; routes that are new are asked at once, those that went are forgotten. */
  watch(services: readonly WatchedService[]): void;
  get(id: string): ServiceHealth;
  /** Asks both routes now and waits for the answers. */
  checkNow(id: string, signal: AbortSignal): Promise<void>;
  /** A real request failed on this route: look at it now. */
  noteFailure(id: string, route: Route, error: AppError): void;
  /** Somebody waits on this route: look at it now. */
  look(id: string, route: Route): void;
  setHidden(hidden: boolean): void;
  /** The machine woke up or its network changed: every route is asked. */
  nudge(): void;
  stop(): void;
}

export interface HealthOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly budget: HostBudget;
  /** `isNews`: more than that it answered as before, or somebody waits for it. */
  readonly onChange: (id: string, isNews: boolean) => void;
  /** Hears of every answer, with how long (ms) it may be taken to hold. */
  readonly onFacts?: (id: string, route: Route, facts: Facts, holdsMs: number) => void;
  /** Can nothing outside be reached now: then nobody is asked. */
  readonly isOffline?: () => boolean;
  /** `undefined`: nothing may be asked, or nothing can be known without asking; then the route stays unknown. */
  readonly probePublic: (target: PublicTarget, options: ProbeOptions) => Promise<Facts | undefined>;
  readonly probeTunnel: (
    id: string,
    target: TunnelTarget,
    options: ProbeOptions,
  ) => Promise<Facts | undefined>;
}

/** Answers that are too old are looked for this often. */
const sweepMs = 5_000;
/** A route that is up is asked about WebSocket again after this. */
const upgradeMs = 3_600_000;

interface Watched extends Asking {
  readonly id: string;
  readonly route: Route;
  /** What is asked, as one text: another one is another route. */
  readonly key: string;
  put: (options: ProbeOptions) => Promise<Facts | undefined>;
  health: RouteHealth;
  /** When its last answer is too old to count. */
  staleAt: number;
  /** When WebSocket was last asked about. */
  upgradeAt: number;
  /** Somebody waits for the next answer, whatever it says. */
  awaited: boolean;
  timer?: Stop;
  running?: Promise<void>;
  readonly life: AbortController;
}

export function createHealth(options: HealthOptions): Health {
  const { clock } = options;
  const watched = new Map<string, Watched>();
  /** By route: kept while its service is known, through restarts of the container in which there is no such route. */
  const lastUp = new Map<string, number>();
  const queue = createProbeQueue({ clock, budget: options.budget });
  let hidden = false;
  let stopped = false;
  let sweeping: Stop | undefined;

  const plan = (route: Watched) => {
    route.timer?.();
    route.timer = clock.after(nextProbeMs(route.health, hidden, options.random, watched.size), () =>
      enter(route),
    );
  };

  const enter = (route: Watched) => {
    if (route.running !== undefined || stopped) return;
    if (options.isOffline?.() === true) plan(route);
    else queue.add(route);
  };

  const probe = (route: Watched): Promise<void> => {
    route.running ??= (async () => {
      queue.remove(route);
      route.timer?.();
      const askedAt = clock.now();
      const upgrade = route.health.state !== 'up' || askedAt - route.upgradeAt > upgradeMs;
      const facts = await route.put({ now: clock.now, signal: route.life.signal, upgrade });
      route.running = undefined;
      if (route.life.signal.aborted) return;
      if (facts === undefined) {
        const was = route.health.state;
        route.health = { state: 'unknown' };
        options.onChange(route.id, route.awaited || was !== 'unknown');
        route.awaited = false;
        plan(route);
        return;
      }
      if (facts.upgrade !== undefined) route.upgradeAt = askedAt;
      const holdsMs = staleAfterMs(hidden, watched.size);
      const before = route.health;
      route.health = withLastUp(nextHealth(before, facts), lastUp.get(nameOf(route)));
      if (route.health.state === 'up') {
        route.staleAt = facts.at + holdsMs;
        lastUp.set(nameOf(route), facts.at);
      }
      options.onFacts?.(route.id, route.route, facts, holdsMs);
      options.onChange(route.id, route.awaited || isNews(before, route.health));
      route.awaited = false;
      plan(route);
    })();
    return route.running;
  };

  /** Nothing is shown as up on the word of an answer that is too old. */
  const sweep = () => {
    const now = clock.now();
    for (const route of watched.values()) {
      const isShown = route.health.state === 'up' || route.health.state === 'degraded';
      if (!isShown || now <= route.staleAt) continue;
      route.health = { state: 'unknown' };
      options.onChange(route.id, true);
    }
    sweeping = watched.size === 0 ? undefined : clock.after(sweepMs, sweep);
  };

  const forget = (name: string) => {
    const route = watched.get(name);
    if (route === undefined) return;
    route.life.abort();
    route.timer?.();
    queue.remove(route);
    watched.delete(name);
  };

  function follow(
    of: { readonly id: string; readonly route: Route; readonly host: string },
    key: string | undefined,
    put: Watched['put'],
  ) {
    const name = nameOf(of);
    const before = watched.get(name);
    if (before?.key === key && before !== undefined) {
      before.put = put;
      return;
    }
    forget(name);
    if (key === undefined) return;
    const fresh: Watched = {
      ...of,
      key,
      put,
      health: { state: 'unknown' },
      staleAt: 0,
      upgradeAt: 0,
      awaited: false,
      life: new AbortController(),
      isUrgent: () => fresh.health.state === 'degraded',
      ask: () => (fresh.life.signal.aborted ? Promise.resolve() : probe(fresh)),
    };
    watched.set(name, fresh);
    enter(fresh);
  }

  /** After a pause, whoever looks sees the present: the answers are told as they come. */
  function askAll() {
    for (const route of watched.values()) {
      route.awaited = true;
      enter(route);
    }
  }

  function look(id: string, route: Route) {
    const found = watched.get(`${route} ${id}`);
    if (found !== undefined) enter(found);
  }

  return {
    watch(services) {
      if (stopped) return;
      const present = new Set(services.flatMap(({ id }) => [`public ${id}`, `tunnel ${id}`]));
      for (const name of [...watched.keys()]) if (!present.has(name)) forget(name);
      for (const name of lastUp.keys()) if (!present.has(name)) lastUp.delete(name);
      for (const service of services) {
        const { id, public: mapping, tunnel, protocol } = service;
        const edge = mapping === undefined ? '' : hostOfAddress(mapping.url);
        follow({ id, route: 'public', host: edge }, mapping?.url, async (how) =>
          service.isLeftAlone === true ? undefined : options.probePublic(mapping ?? { url: '' }, how),
        );
        const target = tunnel === undefined ? undefined : `${tunnel.host}:${tunnel.port}`;
        follow({ id, route: 'tunnel', host: `ssh ${service.tunnelHost ?? id}` }, target, (how) =>
          options.probeTunnel(
            id,
            { host: '', port: 0, ...tunnel, protocol: service.isLeftAlone === true ? 'tcp' : protocol },
            how,
          ),
        );
      }
      if (watched.size > 0) sweeping ??= clock.after(sweepMs, sweep);
    },
    get: (id) => ({
      public: watched.get(`public ${id}`)?.health ?? { state: 'absent' },
      tunnel: watched.get(`tunnel ${id}`)?.health ?? { state: 'absent' },
    }),
    async checkNow(id, signal) {
      const routes = [...watched.values()].filter((route) => route.id === id);
      const all = Promise.all(routes.map((route) => probe(route))).then(() => {});
      await Promise.race([all, aborted(signal)]);
      options.onChange(id, true);
    },
    noteFailure: look,
    look,
    setHidden(now) {
      const shown = hidden && !now;
      hidden = now;
      if (shown) askAll();
    },
    nudge: askAll,
    stop() {
      stopped = true;
      sweeping?.();
      queue.stop();
      for (const name of [...watched.keys()]) forget(name);
    },
  };
}

const nameOf = ({ route, id }: Pick<Watched, 'route' | 'id'>): string => `${route} ${id}`;

/** A route that is new is down without a past; its service may have one. */
const withLastUp = (health: RouteHealth, lastUpAt: number | undefined): RouteHealth =>
  health.state === 'down' && health.lastUpAt === undefined && lastUpAt !== undefined
    ? { ...health, lastUpAt }
    : health;

/** Times and ages alone are no news: they move with every answer. */
const isNews = (before: RouteHealth, after: RouteHealth): boolean =>
  before.state !== after.state || errorOf(before)?.code !== errorOf(after)?.code;

const errorOf = (health: RouteHealth): AppError | undefined => ('error' in health ? health.error : undefined);

/** Did the service itself answer. */
export const isAnswer = (facts: Facts): boolean => failureOf(facts) === undefined;

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
