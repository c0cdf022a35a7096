import type { Comparison } from '../../../shared/model/comparison.ts';
import { type AppError, fail, type Result } from '../../../shared/result.ts';
import type { Capabilities } from '../capabilities.ts';
import { readServiceId } from '../wanted-tunnels.ts';

/**
 * Asks both routes of a service. A tunnel that is not open is opened for the comparison and closed after it, so that
 * comparing leaves nothing behind. `service_not_found`, `cancelled`.
 */
export async function compareService(
  parts: Capabilities,
  id: string,
  signal: AbortSignal,
): Promise<Result<Comparison>> {
  const entry = parts.board.get(id);
  const target = readServiceId(id);
  if (entry === undefined || target === undefined) return fail('service_not_found');
  const { service } = entry;
  const borrowed = `compare:${id}`;
  const tunnel = entry.tunnel ?? (await borrow());
  try {
    return await parts.compare({
      serviceId: id,
      public: entry.public ?? publicAbsent(),
      tunnel,
      protocol: service.protocol,
      context: {
        tunnelState: service.tunnel.state,
        exposure: service.exposure,
        listens: service.listens,
        containerRunning: parts.containers.get(service.containerId)?.status.kind === 'running',
      },
      clock: parts.clock,
      signal,
    });
  } finally {
    if (entry.tunnel === undefined) await parts.tunnels.close(borrowed);
  }

  async function borrow(): Promise<{ host: string; port: number } | AppError> {
    const container = parts.containers.get(service.containerId);
    if (container?.status.kind !== 'running')
      return { code: 'container_not_running', params: { name: container?.name ?? '' } };
    const opened = await parts.tunnels.open(borrowed, {
      key: service.containerId,
      targetPort: service.port,
    });
    if (!opened.ok) return opened.error;
    return parts.tunnels.get(borrowed)?.local ?? { code: 'cancelled' };
  }

  function publicAbsent(): AppError {
    return { code: 'public_absent', params: { reason: service.exposure.kind } };
  }
}
