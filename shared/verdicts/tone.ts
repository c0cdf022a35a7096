import type { FindingCode } from '../model/service.ts';

/** How much a finding asks for attention: something does not work, somebody should look, or it is so. */
type FindingTone = 'down' | 'warn' | 'info';

export const findingTones: Readonly<Record<FindingCode, FindingTone>> = {
  host_key_changed: 'down',
  network_down: 'down',
  ssh_login_refused: 'down',
  ssh_blocked: 'warn',
  bound_to_loopback: 'down',
  listens_elsewhere: 'down',
  nothing_listens: 'down',
  run_changed: 'down',
  mapping_missing: 'down',
  name_unresolved: 'down',
  tls_intercepted: 'down',
  public_unreachable: 'down',
  gateway_time_limit: 'warn',
  gateway_buffers: 'warn',
  host_check: 'down',
  websocket_not_passed: 'warn',
  insecure_assets: 'warn',
  body_limit: 'warn',
  public_unsteady: 'warn',
  tunnel_away: 'warn',
  certificate_expires: 'warn',
  open_to_anyone: 'warn',
  mapping_pending: 'info',
  tunnel_only: 'info',
};
