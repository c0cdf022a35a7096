/**
 * Every expected failure. Each code has a sentence in every catalogue (`shared/words`), which a test checks.
 * A code names what happened, not where: the same code may come from the engine, the shell or a form.
 */
export const errorCodes = [
  // Account and platform
  'token_missing',
  'token_refused',
  'password_refused',
  'forbidden',
  'not_signed_in',
  'origin_invalid',
  'origin_unreachable',
  'origin_not_platform',
  'origin_refused',
  'domain_invalid',
  'platform_timeout',
  'platform_error',
  'real_name_required',
  'job_limit',
  // Rules of mappings
  'port_invalid',
  'port_reserved',
  'port_mapped_already',
  'mapping_limit',
  'name_invalid',
  'name_too_long',
  'name_taken',
  'name_looks_unnamed',
  // Containers and services
  'container_not_found',
  'container_not_running',
  'container_busy',
  'container_not_restartable',
  'container_stop_timeout',
  'service_not_found',
  'outcome_uncertain',
  // SSH
  'ssh_not_offered',
  'ssh_unreachable',
  'ssh_timeout',
  'ssh_login_refused',
  'ssh_host_key_unknown',
  'ssh_host_key_changed',
  'ssh_no_common_algorithm',
  'ssh_lost',
  'ssh_command_invalid',
  'ssh_key_unreadable',
  // Tunnels
  'target_refused',
  'target_prohibited',
  'target_timeout',
  'target_silent',
  'local_port_busy',
  'local_port_forbidden',
  // Public route
  'public_absent',
  'public_not_found',
  'public_bad_gateway',
  'public_timeout',
  'public_error_status',
  'name_unresolved',
  'tcp_refused',
  'tcp_timeout',
  'tls_failed',
  'connection_lost',
  // Proxy
  'no_healthy_route',
  'proxy_port_busy',
  'exchange_not_found',
  'replay_unconfirmed',
  'replay_body_unknown',
  'replay_socket',
  'credential_invalid',
  'authority_unavailable',
  'authority_not_installed',
  // Application
  'address_absent',
  'browser_not_opened',
  'file_not_written',
  'file_not_read',
  'import_not_ours',
  'import_newer',
  'import_gone',
  'passphrase_short',
  'passphrase_wrong',
  'login_item_refused',
  'nothing_to_save',
  'engine_restarting',
  'cancelled',
  'bad_request',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export const isErrorCode = (value: string): value is ErrorCode =>
  (errorCodes as readonly string[]).includes(value);
