import type { Container } from '../../../shared/model/container.ts';
import type { RouteHealth, Service } from '../../../shared/model/service.ts';
import { canRunAgain } from '../../../shared/platform-rules/index.ts';

/** The one right thing to do with a service now. `none`: it can only be waited for. */
type MainAction = 'open' | 'openTunnel' | 'closeTunnel' | 'start' | 'check' | 'none';

/** Pure; the table in its test says it all. */
export function mainAction(service: Service, container: Container): MainAction {
  if (container.status.kind === 'ended') return canRunAgain(container) ? 'start' : 'none';
  if (container.status.kind === 'pending') return 'none';
  const isClosed = service.tunnel.state.kind === 'closed' || service.tunnel.state.kind === 'failed';
  const canTunnel = container.ssh !== undefined;
  if (service.protocol === 'tcp') {
    if (!isClosed) return 'closeTunnel';
    return canTunnel ? 'openTunnel' : 'none';
  }
  if (isWorth(service.health.public) || isWorth(service.health.tunnel)) return 'open';
  if (isClosed && canTunnel) return 'openTunnel';
  return 'check';
}

/** A route that works, or of which nothing bad is known. */
const isWorth = (health: RouteHealth): boolean => health.state !== 'absent' && health.state !== 'down';
