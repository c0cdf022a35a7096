import type { AuditReport } from '../../../shared/model/audit.ts';
import type { Measured } from '../../../shared/model/comparison-record.ts';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { GateMark } from '../../../shared/model/gate.ts';
import type { Account } from '../../../shared/model/instance.ts';
import type { LocalDetails } from '../../../shared/model/local-options.ts';
import type {
  Exposure,
  LocalAddress,
  Protocol,
  RouteChoice,
  RouteHealth,
  RouteReason,
  Service,
  Tunnel,
} from '../../../shared/model/service.ts';
import type { Recognised } from '../../../shared/model/service-kind.ts';
import { mappingAddress, ownerOf, reservedPorts } from '../../../shared/platform-rules/index.ts';
import type { Listening } from '../../../shared/probe/index.ts';
import { labelOf, type ServiceHint } from '../../../shared/recognition/index.ts';
import { exposedMark, findings } from '../../../shared/verdicts/index.ts';
import type { ServiceEntry } from './directory.ts';

/** Everything that is known of one service, from all over the engine. */
interface ServiceSources {
  readonly entry: ServiceEntry;
  readonly container: Container;
  readonly account: Account;
  readonly protocol: Protocol;
  readonly kind?: Recognised;
  readonly audit?: AuditReport;
  readonly gate?: GateMark;
  readonly hints?: readonly ServiceHint[];
  readonly listens?: Listening;
  /** What listens in the container was seen. */
  readonly isLookedAt?: boolean;
  readonly tunnel: Tunnel;
  readonly health: { readonly public: RouteHealth; readonly tunnel: RouteHealth };
  readonly choice: RouteChoice;
  /** What the comparison measured, where it has. */
  readonly measured?: Measured;
  readonly now: number;
  readonly local?: {
    readonly url: string;
    readonly route?: 'public' | 'tunnel';
    readonly reason: RouteReason;
    readonly details?: LocalDetails;
  };
}

/** Joins the sources into what the window shows. Pure. */
export function viewService(sources: ServiceSources): Service {
  const { entry, container } = sources;
  const exposure = exposureOf(sources);
  const { kind, audit } = sources;
  const { gate } = sources;
  // Where a gate runs, only what a stranger got counts: every other question passed by this person's own key.
  const exposed =
    gate?.isRunning === true && !gate.isPassed
      ? undefined
      : exposedMark({ exposure, public: sources.health.public, kind, audit, isPassed: gate?.isPassed });
  const mapping = mappingOf(container, entry.port);
  const local: LocalAddress | undefined =
    sources.local === undefined || sources.protocol === 'tcp'
      ? undefined
      : {
          url: sources.local.url,
          choice: sources.choice,
          route: sources.local.route,
          reason: sources.local.reason,
          details: sources.local.details,
        };
  return {
    id: entry.id,
    containerId: entry.containerId,
    port: entry.port,
    name: entry.name,
    kindName: sources.kind === undefined ? undefined : labelOf(sources.kind),
    kind: sources.kind,
    hints: sources.hints,
    protocol: sources.protocol,
    mappingName: mapping?.name,
    exposure,
    exposed,
    gate,
    listens:
      sources.listens === undefined
        ? undefined
        : {
            bind: sources.listens.bind,
            process: sources.listens.process,
            addresses: sources.listens.addresses,
          },
    byHand: entry.byHand,
    isLeftAlone: entry.isLeftAlone,
    tunnel: sources.tunnel,
    health: sources.health,
    local,
    findings: findings({
      public: sources.health.public,
      tunnel: sources.health.tunnel,
      tunnelState: sources.tunnel.state,
      exposure,
      listens: sources.listens,
      isSilent: sources.isLookedAt === true && sources.listens === undefined,
      containerRunning: container.status.kind === 'running',
      startedAt: container.startedAt,
      measured: sources.measured,
      now: sources.now,
      isExposed: exposed !== undefined,
    }),
  };
}

/**
 * Where the platform exposes this port. A mapping that waits for a start counts
 * as pending even on a running container: its address does not answer before.
 */
function exposureOf(sources: Pick<ServiceSources, 'entry' | 'container' | 'account' | 'protocol'>): Exposure {
  const { container, account, entry } = sources;
  const url = (mapping: Mapping) =>
    mappingAddress(account.instance, ownerOf(account), container, mapping).url;
  const inEffect = find(container.mappings, entry.port);
  if (inEffect !== undefined) {
    return { kind: container.status.kind === 'running' ? 'mapped' : 'waiting', url: url(inEffect) };
  }
  const pending = find(container.pendingMappings, entry.port);
  if (pending !== undefined) return { kind: 'pending', url: url(pending) };
  if (reservedPorts.includes(entry.port)) return { kind: 'reserved' };
  return { kind: sources.protocol === 'tcp' ? 'tcp' : 'unmapped' };
}

const mappingOf = (container: Container, port: number): Mapping | undefined =>
  find(container.mappings, port) ?? find(container.pendingMappings, port);

const find = (mappings: readonly Mapping[] | 'unknown' | undefined, port: number): Mapping | undefined =>
  mappings === undefined || mappings === 'unknown'
    ? undefined
    : mappings.find((mapping) => mapping.port === port);
