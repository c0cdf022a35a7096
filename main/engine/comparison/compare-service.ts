import { adviceOf, type PlatformRow, platformRows } from '../../../shared/comparison/index.ts';
import type { Comparison } from '../../../shared/model/comparison.ts';
import type { Lab, LabRecord } from '../../../shared/model/lab.ts';
import { type RouteHealth, readServiceId, type TunnelState } from '../../../shared/model/service.ts';
import { type AppError, fail, ok, type Result } from '../../../shared/result.ts';
import { pause } from '../base/pause.ts';
import type { ReachableService } from '../services/index.ts';
import type { Capabilities } from '../wiring/assemble.ts';
import { createAllowance } from './allowance.ts';
import type { OnProgress } from './desk.ts';
import { type LabLimits, runLab } from './lab.ts';

type Parts = Pick<
  Capabilities,
  'board' | 'tunnels' | 'containers' | 'compare' | 'clock' | 'memory' | 'labDesk' | 'labs'
>;

/** A tunnel for one comparison, or why there is none. */
interface Borrowed {
  readonly local: { readonly host: string; readonly port: number } | AppError;
  readonly state: TunnelState;
}

/**
 * Asks both routes of a service. A tunnel that is not open is opened for the comparison and closed after it, so that
 * comparing leaves nothing behind. `service_not_found`, `cancelled`.
 */
export async function compareService(
  parts: Parts,
  id: string,
  signal: AbortSignal,
  how: { readonly lab?: boolean; readonly thorough?: boolean } = {},
): Promise<Result<Comparison>> {
  const entry = parts.board.get(id);
  if (entry === undefined) return fail('service_not_found');
  const record = how.lab === true ? await parts.labDesk.run(id, how.thorough ?? false, signal) : undefined;
  if (record !== undefined && !record.ok) return record;
  const compared = await withTunnel(parts, entry, entry.tunnel !== undefined, signal, (borrowed) =>
    parts.compare({
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
}

/** Everything that the lab can measure of one service. The same errors. */
export async function measureService(
  parts: Parts,
  id: string,
  how: { readonly limits: LabLimits; readonly onProgress: OnProgress; readonly signal: AbortSignal },
): Promise<Result<Omit<LabRecord, 'id'>>> {
  const entry = parts.board.get(id);
  if (entry === undefined) return fail('service_not_found');
  const { service } = entry;
  const others = () =>
    parts.board
      .list()
      .filter((other) => other.service.containerId === service.containerId)
      .reduce((sum, { service: { id: other } }) => {
        const traffic = parts.tunnels.get(other)?.traffic;
        return sum + (traffic?.bytesDown ?? 0) + (traffic?.bytesUp ?? 0);
      }, 0);
  // Always a tunnel of its own: what the lab moves must not count as somebody's use.
  const measured = await withTunnel(parts, entry, false, how.signal, (borrowed) =>
    runLab({
      public: entry.public,
      tunnel: 'host' in borrowed.local ? borrowed.local : undefined,
      protocol: service.protocol,
      kindName: service.kindName,
      allowance: createAllowance({ others, mostBytes: mostLabBytes, clock: parts.clock }),
      clock: parts.clock,
      ...how,
    }),
  );
  if (!measured.ok) return measured;
  const lab: Lab = measured.value;
  parts.labs.put(id, lab);
  parts.board.dirty();
  return ok({
    serviceId: id,
    serviceName: service.name,
    kindName: service.kindName,
    at: parts.clock.now(),
    lab,
    advice: [...adviceOf({ public: lab.public, tunnel: lab.tunnel, isTcp: service.protocol === 'tcp' })],
  });
}

/** Over both routes together. */
const mostLabBytes = 64 * 1024 * 1024;
/** An SSH connection that is not there by then will not be there for this comparison. */
const settleMs = 25_000;

async function withTunnel<T>(
  parts: Parts,
  entry: ReachableService,
  useOwn: boolean,
  signal: AbortSignal,
  work: (borrowed: Borrowed) => Promise<Result<T>>,
): Promise<Result<T>> {
  const { service } = entry;
  if (useOwn && entry.tunnel !== undefined) return work({ local: entry.tunnel, state: service.tunnel.state });
  const borrowed = `compare:${service.id}`;
  try {
    return await work(await borrow(parts, entry, borrowed, signal));
  } finally {
    await parts.tunnels.close(borrowed);
  }
}

async function borrow(
  parts: Parts,
  { service }: ReachableService,
  name: string,
  signal: AbortSignal,
): Promise<Borrowed> {
  const { containerId } = service;
  const target = readServiceId(service.id);
  const container = parts.containers.get(containerId);
  const none = (error: AppError): Borrowed => ({ local: error, state: service.tunnel.state });
  if (container?.status.kind !== 'running')
    return none({ code: 'container_not_running', params: { name: container?.name ?? '' } });
  const opened = await parts.tunnels.open(name, {
    key: containerId,
    targetPort: target?.port ?? service.port,
  });
  if (!opened.ok) return none(opened.error);
  const until = parts.clock.now() + settleMs;
  for (;;) {
    const tunnel = parts.tunnels.get(name);
    const state = tunnel?.state ?? { kind: 'closed' };
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
        if (parts.clock.now() > until) return { local: { code: 'ssh_timeout' }, state };
        if (!(await pause(50, parts.clock, signal))) return { local: { code: 'cancelled' }, state };
    }
  }
}

const contextOf = (parts: Parts, { service }: ReachableService, { state }: Borrowed) => {
  const container = parts.containers.get(service.containerId);
  return {
    tunnelState: state,
    exposure: service.exposure,
    listens: service.listens,
    containerRunning: container?.status.kind === 'running',
    startedAt: container?.startedAt,
    lab: parts.labs.get(service.id),
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

function rowsOf(parts: Parts, entry: ReachableService): readonly PlatformRow[] {
  const service = parts.board.get(entry.service.id)?.service ?? entry.service;
  const container = parts.containers.get(service.containerId);
  const inContainer = parts.board.list().filter((other) => other.service.containerId === service.containerId);
  return platformRows({
    service,
    mappingsUsed:
      container === undefined || container.mappings === 'unknown' ? undefined : container.mappings.length,
    tunnelsOpen: inContainer.filter((other) => other.service.tunnel.state.kind === 'connected').length,
    hostKey: container === undefined ? undefined : parts.memory.pin(container.runId)?.fingerprint,
    lab: parts.labs.get(service.id),
    now: parts.clock.now(),
  });
}
