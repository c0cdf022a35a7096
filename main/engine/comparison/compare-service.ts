import { randomUUID } from 'node:crypto';
import { assertNever } from '../../../shared/assert-never.ts';
import { adviceOf, type PlatformRow, platformRows } from '../../../shared/comparison/index.ts';
import type { Comparison } from '../../../shared/model/comparison.ts';
import type { ComparisonRecord } from '../../../shared/model/comparison-record.ts';
import type { HostKeyPin } from '../../../shared/model/memory.ts';
import type { RouteHealth, TunnelState } from '../../../shared/model/service.ts';
import { type AppError, type Failure, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import type { Containers } from '../containers/index.ts';
import type { Board, ReachableService } from '../services/index.ts';
import type { Tunnels } from '../ssh/index.ts';
import { createAllowance } from './allowance.ts';
import { compare } from './compare.ts';
import type { LatestMeasured } from './latest-measured.ts';
import { measureRoutes } from './measure-routes.ts';
import type { ComparisonQueue, MeasureService } from './queue.ts';

/** What a comparison needs to know of services, and the tunnels that it opens for itself. */
export interface CompareDependencies {
  readonly board: Pick<Board, 'get' | 'list' | 'ofKnown' | 'dirty'>;
  /** Those of services, for what passed through them. */
  readonly tunnels: Pick<Tunnels, 'get'>;
  /** Those of comparisons, by ids of their own. */
  readonly borrowed: Pick<Tunnels, 'open' | 'close' | 'settled'>;
  readonly containers: Pick<Containers, 'get'>;
  readonly latestMeasured: LatestMeasured;
  readonly pin: (runId: string) => HostKeyPin | undefined;
  readonly clock: Clock;
}

/** `full`: with everything that is measured under work. `service_not_found`, `cancelled`. */
export type CompareService = (
  serviceId: string,
  how: { readonly full?: boolean; readonly thorough?: boolean },
  signal: AbortSignal,
) => Promise<Result<Comparison>> | Failure;

/** A tunnel for one comparison, or why there is none. */
interface Borrowed {
  readonly local: { readonly host: string; readonly port: number } | AppError;
  readonly state: TunnelState;
}

/**
 * Asks both routes of a service. A tunnel that is not open is opened for the comparison and closed after it, so that
 * comparing leaves nothing behind. `service_not_found`, `cancelled`.
 */
export const compareService = (
  parts: CompareDependencies & { readonly comparisonQueue: Pick<ComparisonQueue, 'run'> },
  ...[id, how, signal]: Parameters<CompareService>
): ReturnType<CompareService> =>
  parts.board.ofKnown(id, async (entry): Promise<Result<Comparison>> => {
    const record =
      how.full === true ? await parts.comparisonQueue.run(id, how.thorough ?? false, signal) : undefined;
    if (record !== undefined && !record.ok) return record;
    const compared = await withTunnel(parts, entry, entry.tunnel !== undefined, signal, (borrowed) =>
      compare({
        serviceId: id,
        public: entry.public ?? publicAbsent(entry),
        tunnel: borrowed.local,
        protocol: entry.service.protocol,
        context: contextOf(parts, entry, borrowed),
        lastUpAt: lastUpOf(entry.service.health.public),
        clock: parts.clock,
        signal,
      }),
    );
    if (!compared.ok) return compared;
    return ok({
      ...compared.value,
      ...(record === undefined ? {} : { record: record.value, advice: record.value.advice }),
      rows: rowsOf(parts, entry),
    });
  });

/** Everything that can be measured of one service. The same errors. */
export const createMeasuring =
  (parts: CompareDependencies): MeasureService =>
  (id, how) =>
    parts.board.ofKnown(id, (entry) => measure(parts, entry, how));

async function measure(
  parts: CompareDependencies,
  entry: ReachableService,
  how: Parameters<MeasureService>[1],
): Promise<Result<Omit<ComparisonRecord, 'id'>>> {
  const { service } = entry;
  const { id } = service;
  const others = () =>
    parts.board
      .list()
      .filter((other) => other.service.containerId === service.containerId)
      .reduce((sum, { service: { id: other } }) => {
        const traffic = parts.tunnels.get(other)?.traffic;
        return sum + (traffic?.bytesDown ?? 0) + (traffic?.bytesUp ?? 0);
      }, 0);
  // Always a tunnel of its own: what measuring moves must not count as somebody's use.
  const measured = await withTunnel(parts, entry, false, how.signal, (borrowed) =>
    measureRoutes({
      public: entry.public,
      tunnel: 'host' in borrowed.local ? borrowed.local : undefined,
      protocol: service.protocol,
      kindName: service.kindName,
      allowance: createAllowance({ others, mostBytes: mostMeasuredBytes, clock: parts.clock }),
      clock: parts.clock,
      ...how,
    }),
  );
  if (!measured.ok) return measured;
  const { value } = measured;
  parts.latestMeasured.put(id, value);
  parts.board.dirty();
  return ok({
    serviceId: id,
    serviceName: service.name,
    kindName: service.kindName,
    at: parts.clock.now(),
    measured: value,
    advice: [...adviceOf({ public: value.public, tunnel: value.tunnel, isTcp: service.protocol === 'tcp' })],
  });
}

/** Over both routes together. */
const mostMeasuredBytes = 64 * 1024 * 1024;
/** An SSH connection that is not there by then will not be there for this comparison. */
const settleMs = 25_000;

async function withTunnel<T>(
  parts: CompareDependencies,
  entry: ReachableService,
  useOwn: boolean,
  signal: AbortSignal,
  work: (borrowed: Borrowed) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { service } = entry;
  if (useOwn && entry.tunnel !== undefined) return work({ local: entry.tunnel, state: service.tunnel.state });
  const id = randomUUID();
  try {
    return await work(await borrow(parts, entry, id, signal));
  } finally {
    await parts.borrowed.close(id);
  }
}

async function borrow(
  parts: CompareDependencies,
  { service }: ReachableService,
  id: string,
  signal: AbortSignal,
): Promise<Borrowed> {
  const { containerId } = service;
  const container = parts.containers.get(containerId);
  const none = (error: AppError): Borrowed => ({ local: error, state: service.tunnel.state });
  if (container?.status.kind !== 'running')
    return none({ code: 'container_not_running', params: { name: container?.name ?? '' } });
  const opened = await parts.borrowed.open(id, { key: containerId, targetPort: service.port });
  if (!opened.ok) return none(opened.error);
  const late = new AbortController();
  const stopTimer = parts.clock.after(settleMs, () => late.abort());
  const tunnel = await parts.borrowed.settled(id, 'service', AbortSignal.any([signal, late.signal]));
  stopTimer();
  const state: TunnelState = tunnel?.state ?? { kind: 'closed' };
  if (signal.aborted) return { local: { code: 'cancelled' }, state };
  switch (state.kind) {
    case 'connected':
      return { local: tunnel?.local ?? { code: 'cancelled' }, state };
    case 'failed':
    case 'reconnecting':
    case 'unanswered':
      return { local: state.error, state };
    case 'closed':
      return { local: { code: 'cancelled' }, state };
    case 'connecting':
    case 'verifying':
      return { local: { code: 'ssh_timeout' }, state };
    default:
      return assertNever(state, 'state of a tunnel');
  }
}

const contextOf = (parts: CompareDependencies, { service }: ReachableService, { state }: Borrowed) => {
  const container = parts.containers.get(service.containerId);
  return {
    tunnelState: state,
    exposure: service.exposure,
    listens: service.listens,
    containerRunning: container?.status.kind === 'running',
    startedAt: container?.startedAt,
    measured: parts.latestMeasured.get(service.id),
    now: parts.clock.now(),
    isExposed: service.health.public.state === 'up' ? service.exposed !== undefined : undefined,
  };
};

const lastUpOf = (health: RouteHealth): number | undefined =>
  'verifiedAt' in health ? health.verifiedAt : 'lastUpAt' in health ? health.lastUpAt : undefined;

const publicAbsent = ({ service }: ReachableService): AppError => ({
  code: 'public_absent',
  params: { reason: service.exposure.kind },
});

function rowsOf(parts: CompareDependencies, entry: ReachableService): readonly PlatformRow[] {
  const service = parts.board.get(entry.service.id)?.service ?? entry.service;
  const container = parts.containers.get(service.containerId);
  const inContainer = parts.board.list().filter((other) => other.service.containerId === service.containerId);
  return platformRows({
    service,
    mappingsUsed:
      container === undefined || container.mappings === 'unknown' ? undefined : container.mappings.length,
    tunnelsOpen: inContainer.filter((other) => other.service.tunnel.state.kind === 'connected').length,
    hostKey: container === undefined ? undefined : parts.pin(container.runId)?.fingerprint,
    measured: parts.latestMeasured.get(service.id),
    now: parts.clock.now(),
  });
}
