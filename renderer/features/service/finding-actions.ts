import type { Container } from '../../../shared/model/container.ts';
import type { Finding, FindingAction, Service } from '../../../shared/model/service.ts';
import { canRunAgain } from '../../../shared/platform-rules/index.ts';

/**
 * The buttons of a finding: what the engine names, without what is so already, cannot be done now, or stands on the
 * page in full: the fix, and both host keys. Pure.
 */
export function findingButtons(
  finding: Pick<Finding, 'actions'>,
  service: Service,
  container: Pick<Container, 'ssh' | 'mode' | 'busy'>,
): readonly FindingAction[] {
  const { tunnel, local } = service;
  const { kind } = tunnel.state;
  const isClosed = kind === 'closed';
  const canTunnel = container.ssh !== undefined;
  const may: Readonly<Record<FindingAction, boolean>> = {
    show_fix: false,
    compare_keys: false,
    open_tunnel: isClosed && canTunnel,
    use_tunnel: local !== undefined && local.choice !== 'tunnel' && (canTunnel || !isClosed),
    use_public: local !== undefined && local.choice !== 'public',
    retry_tunnel: kind === 'reconnecting' || kind === 'failed' || kind === 'unanswered',
    restart_container: canRunAgain(container) && container.busy === undefined,
    refresh: true,
  };
  return (finding.actions ?? []).filter((action) => may[action]);
}

/** The tunnel must be open before requests can go through it. Pure. */
export const mustOpenFirst = ({ tunnel }: Pick<Service, 'tunnel'>): boolean => tunnel.state.kind === 'closed';
