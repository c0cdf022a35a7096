import { untilBeat } from '../../../shared/beat.ts';
import type { AuditReport } from '../../../shared/model/audit.ts';
import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Container } from '../../../shared/model/container.ts';
import type { GateMark } from '../../../shared/model/gate.ts';
import type { Account } from '../../../shared/model/instance.ts';
import type { LocalDetails } from '../../../shared/model/local-options.ts';
import type { KnownService } from '../../../shared/model/memory.ts';
import {
  type Protocol,
  type RouteHealth,
  type Service,
  serviceId,
  type Tunnel,
} from '../../../shared/model/service.ts';
import type { Recognised } from '../../../shared/model/service-kind.ts';
import { own } from '../../../shared/own.ts';
import type { Listening } from '../../../shared/probe/index.ts';
import { isWebByName, type LoadingSource, labelOf, portHints } from '../../../shared/recognition/index.ts';
import { type Failure, fail } from '../../../shared/result.ts';
import type { Clock, Stop } from '../base/effects.ts';
import type { EngineMemory } from '../base/memory.ts';
import type { Secret } from '../base/secret.ts';
import type { LocalDecision, ProxiedService } from '../proxy/index.ts';
import { listServices, type ServiceEntry } from './directory.ts';
import { protocolOfFacts, protocolOfPort } from './protocol.ts';
import { viewService } from './view.ts';

/** One service with the addresses at which its routes are reached now. */
export interface ReachableService {
  readonly service: Service;
  readonly public?: { readonly url: string; readonly ca?: string; readonly gateKey?: Secret };
  readonly tunnel?: { readonly host: string; readonly port: number };
}

/** What the board reads; each stays with its owner. */
export interface BoardSources {
  readonly account: () => Account | undefined;
  readonly edgeCa: () => string | undefined;
  readonly containers: () => readonly Container[];
  readonly listening: () => ReadonlyMap<string, readonly Listening[]>;
  readonly tunnel: (id: string) => Tunnel | undefined;
  readonly health: (id: string) => { readonly public: RouteHealth; readonly tunnel: RouteHealth };
  readonly decision: (id: string) => LocalDecision | undefined;
  readonly localDetails: (entry: ServiceEntry, kindName: string | undefined) => LocalDetails;
  readonly localUrl: (name: string) => string | undefined;
  readonly measured: (id: string) => Measured | undefined;
  readonly kind: (id: string) => Recognised | undefined;
  readonly audit: (id: string) => AuditReport | undefined;
  readonly gate: (id: string) => GateMark | undefined;
  readonly gateKey?: (id: string) => Secret | undefined;
  /** What was started in a container by Gearway. */
  readonly launches: (containerId: string) => readonly LoadingSource[];
}

/**
 * All services, joined from what every capability knows. Whoever learns something calls `dirty`; a moment later the
 * whole is joined again and handed on: what is watched, served and shown follows from it.
 */
export interface Board {
  dirty(): void;
  /** For what nobody waits for: joined with whatever comes until the next beat. */
  dirtyLater(): void;
  get(id: string): ReachableService | undefined;
  /** What is done with a service that is known; `service_not_found` for any other. */
  ofKnown<T>(id: string, work: (entry: ReachableService) => T): T | Failure;
  list(): readonly ReachableService[];
  stop(): void;
}

/** Changes come in bursts: one change of a container moves mapping, tunnel, health and route. */
const gatherMs = 20;
/** With thousands of services a join takes a while: at most a fiftieth of the time goes into it. */
const restFactor = 50;
const mostRestMs = 1_500;
/** Joins that take less than this, in ms, need no rest. */
const quickMs = 10;

export function createBoard(options: {
  readonly clock: Clock;
  readonly memory: EngineMemory;
  readonly sources: BoardSources;
  /** Hears of each join, before anybody can ask for it elsewhere; what it changes calls `dirty` again. */
  readonly onJoined: (services: readonly ReachableService[]) => void;
}): Board {
  const { clock, memory, sources } = options;
  /** What was once seen to be spoken stays known while the route is down. */
  const spoken = new Map<string, Protocol>();
  let board: ReadonlyMap<string, ReachableService> = new Map();
  let timer: Stop | undefined;
  let calm: Stop | undefined;
  /** Not before this, by the monotonic clock. */
  let restUntil = 0;

  function protocolOf(
    entry: ServiceEntry,
    health: ReturnType<BoardSources['health']>,
    by: { readonly tunnel: Tunnel; readonly listens?: Listening; readonly isMapped: boolean },
  ): Protocol {
    const now = protocolOfFacts(factsOf(health.tunnel)) ?? protocolOfFacts(factsOf(health.public));
    if (now !== undefined) spoken.set(entry.id, now);
    const seen = by.tunnel.speaks ?? (isWeb(by) ? 'http' : undefined);
    return now ?? spoken.get(entry.id) ?? seen ?? protocolOfPort(entry.port);
  }

  function join(
    entry: ServiceEntry,
    account: Account,
    container: Container,
    listening: readonly Listening[] | undefined,
  ): ReachableService {
    const health = sources.health(entry.id);
    const kind = sources.kind(entry.id);
    const kindName = kind === undefined ? undefined : labelOf(kind);
    const tunnel: Tunnel = sources.tunnel(entry.id) ?? { state: { kind: 'closed' } };
    const listens = listening?.find(({ port }) => port === entry.port);
    const isMapped =
      container.mappings !== 'unknown' && container.mappings.some(({ port }) => port === entry.port);
    const protocol = protocolOf(entry, health, { tunnel, listens, isMapped });
    const decision = sources.decision(entry.id);
    const url = sources.localUrl(entry.name);
    const service = viewService({
      entry,
      container,
      account,
      protocol,
      measured: sources.measured(entry.id),
      now: clock.now(),
      kind,
      audit: sources.audit(entry.id),
      gate: sources.gate(entry.id),
      hints: hintsOn(entry, container, listening, health.public),
      listens,
      isLookedAt: listening !== undefined,
      tunnel,
      health,
      choice: own(memory.read().routes, entry.id) ?? 'auto',
      local:
        url === undefined || decision === undefined
          ? undefined
          : {
              url,
              route: decision.route,
              reason: decision.reason,
              details: sources.localDetails(entry, kindName),
            },
    });
    const { exposure } = service;
    return {
      service,
      public:
        exposure.kind === 'mapped'
          ? { url: exposure.url, ca: sources.edgeCa(), gateKey: sources.gateKey?.(entry.id) }
          : undefined,
      tunnel: isUsable(tunnel) ? tunnel.local : undefined,
    };
  }

  /** Hints join what a service said with what stands beside it in its container. */
  function hintsOn(
    entry: ServiceEntry,
    container: Container,
    listening: readonly Listening[] | undefined,
    publicHealth: RouteHealth,
  ) {
    const mappings = container.mappings === 'unknown' ? [] : container.mappings;
    const isUp = publicHealth.state === 'up' || publicHealth.state === 'degraded';
    const found = portHints({
      port: entry.port,
      kind: sources.kind(entry.id),
      publicScheme: isUp ? sources.account()?.instance.edge.scheme : undefined,
      listens: listening?.some(({ port }) => port === entry.port),
      neighbours: (listening ?? []).map(({ port }) => ({
        port,
        kind: sources.kind(serviceId(container.id, port))?.kind,
        isMapped: mappings.some((mapping) => mapping.port === port),
      })),
      launches: sources.launches(container.id),
    });
    return found.length === 0 ? undefined : found;
  }

  function rebuild(): readonly ReachableService[] {
    const account = sources.account();
    if (account === undefined) return [];
    const containers = sources.containers();
    const { services: known, tunnels } = memory.read();
    const listening = sources.listening();
    const entries = listServices({ containers, listening, known, tunnels });
    keepNames(entries, known);
    const byId = new Map(containers.map((container) => [container.id, container]));
    return entries.flatMap((entry) => {
      const container = byId.get(entry.containerId);
      return container === undefined ? [] : [join(entry, account, container, listening.get(container.id))];
    });
  }

  /** A name once given stays, or yesterday's address would mean another service today. */
  function keepNames(entries: readonly ServiceEntry[], known: readonly KnownService[]) {
    const named = new Set(known.map(({ containerId, port }) => serviceId(containerId, port)));
    const fresh = entries.filter(({ id }) => !named.has(id));
    if (fresh.length === 0) return;
    memory.update({
      services: [
        ...known,
        ...fresh.map(({ containerId, port, name, byHand }) => ({ containerId, port, name, byHand })),
      ],
    });
  }

  function run() {
    timer = undefined;
    calm?.();
    calm = undefined;
    const begunAt = clock.ticks();
    const services = rebuild();
    board = new Map(services.map((entry) => [entry.service.id, entry]));
    options.onJoined(services);
    const now = clock.ticks();
    const tookMs = now - begunAt;
    restUntil = tookMs < quickMs ? now : now + Math.min(mostRestMs, tookMs * restFactor);
  }

  function dirty() {
    timer ??= clock.after(Math.max(gatherMs, restUntil - clock.ticks()), run);
  }

  return {
    dirty,
    dirtyLater() {
      // Answers as before come all the time: the window is told of them together.
      calm ??= clock.after(untilBeat(clock.now()), dirty);
    },
    get: (id) => board.get(id),
    ofKnown(id, work) {
      const entry = board.get(id);
      return entry === undefined ? fail('service_not_found') : work(entry);
    },
    list: () => [...board.values()],
    stop() {
      timer?.();
      calm?.();
    },
  };
}

/** The platform maps HTTP only; else a name may say so. */
const isWeb = (by: { readonly listens?: Listening; readonly isMapped: boolean }): boolean =>
  by.isMapped || (by.listens !== undefined && isWebByName(by.listens));

const factsOf = (health: RouteHealth) =>
  health.state === 'absent' || health.state === 'unknown' ? undefined : health.facts;

/** A listener whose link is gone holds its clients: probing it would only wait. */
const isUsable = (tunnel: Tunnel): boolean =>
  tunnel.state.kind === 'connected' ||
  tunnel.state.kind === 'verifying' ||
  tunnel.state.kind === 'unanswered';

/** What the proxy needs of it. TCP services have no local HTTP address. */
export const proxied = (
  { service, public: publicRoute, tunnel }: ReachableService,
  options: Pick<ProxiedService, 'choice' | 'rules' | 'ownPort' | 'allowsCrossSite' | 'stopped'>,
): ProxiedService => ({
  id: service.id,
  name: service.name,
  ...options,
  port: service.port,
  public: publicRoute?.url,
  publicCa: publicRoute?.ca,
  tunnel,
  health: service.health,
});
