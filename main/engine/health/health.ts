import type { Facts, Protocol, Route, RouteHealth } from '../../../shared/model/service.ts';
import type { AppError } from '../../../shared/result.ts';
import { nextHealth } from '../../../shared/verdicts/index.ts';
import type { Clock, Random, Stop } from '../effects.ts';
import { nextProbeMs } from './next-probe.ts';
import type { PublicTarget } from './probe-public.ts';
import type { TunnelTarget } from './probe-tunnel.ts';

export interface WatchedService {
  readonly id: string;
  readonly public?: PublicTarget;
  readonly tunnel?: { readonly host: string; readonly port: number };
  readonly protocol: Protocol;
}

export interface ServiceHealth {
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
  setHidden(hidden: boolean): void;
  stop(): void;
}

export interface HealthOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: (id: string) => void;
  readonly probePublic: (target: PublicTarget, options: ProbeOptions) => Promise<Facts>;
  readonly probeTunnel: (id: string, target: TunnelTarget, options: ProbeOptions) => Promise<Facts>;
}
type ProbeOptions = { readonly now: () => number; readonly signal: AbortSignal };

/** Probes under way at one time: two cores and a slow line are enough for these. */
const mostAtOnce = 6;

interface Watched {
  readonly id: string;
  readonly route: Route;
  /** What is asked, as one text: another one is another route. */
  readonly key: string;
  ask: (signal: AbortSignal) => Promise<Facts>;
  health: RouteHealth;
  timer?: Stop;
  running?: Promise<void>;
  readonly life: AbortController;
}

export function createHealth(options: HealthOptions): Health {
  const { clock } = options;
  const watched = new Map<string, Watched>();
  const waiting: Watched[] = [];
  let busy = 0;
  let hidden = false;
  let stopped = false;

  const plan = (route: Watched) => {
    route.timer?.();
    route.timer = clock.after(nextProbeMs(route.health, hidden, options.random, watched.size), () =>
      queue(route),
    );
  };

  const queue = (route: Watched) => {
    if (route.running !== undefined || waiting.includes(route)) return;
    waiting.push(route);
    drain();
  };

  const drain = () => {
    while (busy < mostAtOnce && !stopped) {
      const route = waiting.shift();
      if (route === undefined) return;
      if (!route.life.signal.aborted) void probe(route);
    }
  };

  const probe = (route: Watched): Promise<void> => {
    route.running ??= (async () => {
      busy += 1;
      route.timer?.();
      const facts = await route.ask(route.life.signal);
      busy -= 1;
      route.running = undefined;
      if (!route.life.signal.aborted) {
        route.health = nextHealth(route.health, facts);
        options.onChange(route.id);
        plan(route);
      }
      drain();
    })();
    return route.running;
  };

  const forget = (name: string) => {
    const route = watched.get(name);
    route?.life.abort();
    route?.timer?.();
    watched.delete(name);
  };

  function follow(id: string, route: Route, key: string | undefined, ask: Watched['ask']) {
    const name = `${route} ${id}`;
    const before = watched.get(name);
    if (before?.key === key && before !== undefined) {
      before.ask = ask;
      return;
    }
    forget(name);
    if (key === undefined) return;
    const fresh: Watched = {
      id,
      route,
      key,
      ask,
      health: { state: 'unknown' },
      life: new AbortController(),
    };
    watched.set(name, fresh);
    queue(fresh);
  }

  return {
    watch(services) {
      if (stopped) return;
      const present = new Set(services.flatMap(({ id }) => [`public ${id}`, `tunnel ${id}`]));
      for (const name of [...watched.keys()]) if (!present.has(name)) forget(name);
      for (const service of services) {
        const { id, public: publicTarget, tunnel, protocol } = service;
        follow(id, 'public', publicTarget?.url, (signal) =>
          options.probePublic(publicTarget ?? { url: '' }, { now: clock.now, signal }),
        );
        follow(id, 'tunnel', tunnel === undefined ? undefined : `${tunnel.host}:${tunnel.port}`, (signal) =>
          options.probeTunnel(id, { host: '', port: 0, ...tunnel, protocol }, { now: clock.now, signal }),
        );
      }
    },
    get: (id) => ({
      public: watched.get(`public ${id}`)?.health ?? { state: 'absent' },
      tunnel: watched.get(`tunnel ${id}`)?.health ?? { state: 'absent' },
    }),
    async checkNow(id, signal) {
      const routes = [...watched.values()].filter((route) => route.id === id);
      const all = Promise.all(routes.map((route) => probe(route))).then(() => {});
      await Promise.race([all, aborted(signal)]);
    },
    noteFailure(id, route) {
      const found = watched.get(`${route} ${id}`);
      if (found !== undefined) queue(found);
    },
    setHidden(now) {
      const shown = hidden && !now;
      hidden = now;
      if (shown) for (const route of watched.values()) queue(route);
    },
    stop() {
      stopped = true;
      for (const name of [...watched.keys()]) forget(name);
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
