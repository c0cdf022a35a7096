import type { ErrorCode } from '../../../shared/errors.ts';
import type { AppError } from '../../../shared/result.ts';
import type { SshEndpoint } from './types.ts';

/** ssh2 marks its errors with the part that failed (`level`), and those of a channel with RFC 4254's reason. */
interface Ssh2Error {
  readonly message?: string;
  readonly level?: string;
  readonly code?: unknown;
  readonly reason?: unknown;
}

/** What a failed connection means. Only `level` and system codes decide; messages go to `detail`. */
export function connectFailure(error: unknown, endpoint: SshEndpoint): AppError {
  const { level, code, message } = error as Ssh2Error;
  const { host, port, user } = endpoint;
  const params = { host, port };
  const detail = typeof code === 'string' ? code : message?.slice(0, 200);
  switch (level) {
    case 'client-authentication':
      return { code: 'ssh_login_refused', params: { ...params, user }, detail };
    case 'handshake':
      return { code: 'ssh_no_common_algorithm', params, detail };
    case 'client-timeout':
      return { code: 'ssh_timeout', params, detail };
    case 'protocol':
      return { code: 'ssh_lost', params, detail };
    default:
      return { code: systemCode(code), params, detail };
  }
}

const systemCode = (code: unknown): ErrorCode =>
  code === 'ETIMEDOUT'
    ? 'ssh_timeout'
    : code === 'ECONNRESET' || code === 'EPIPE'
      ? 'ssh_lost'
      : 'ssh_unreachable';

/** Why the far side opened no connection to a target (RFC 4254 §5.1): 1 is forbidden, 2 is refused. */
export function dialFailure(error: unknown, host: string, port: number): AppError {
  const { reason, message } = error as Ssh2Error;
  const params = { host, port };
  const detail = message?.slice(0, 200);
  if (reason === 1) return { code: 'target_prohibited', params, detail };
  if (typeof reason === 'number') return { code: 'target_refused', params, detail };
  return { code: 'ssh_lost', params, detail };
}

/** The server was not reached at all, or it went away: its path may come back by itself. */
export const isPathFailure = (error: AppError): boolean =>
  error.code === 'ssh_unreachable' || error.code === 'ssh_timeout' || error.code === 'ssh_lost';

/** Trying again cannot help until a person has done something. */
export const isFinal = (error: AppError): boolean =>
  error.code === 'ssh_login_refused' ||
  error.code === 'ssh_host_key_changed' ||
  error.code === 'ssh_host_key_unknown' ||
  error.code === 'ssh_key_unreadable' ||
  error.code === 'ssh_passphrase_needed' ||
  error.code === 'ssh_passphrase_wrong' ||
  error.code === 'ssh_password_needed' ||
  error.code === 'ssh_agent_missing' ||
  error.code === 'ssh_jump_loop' ||
  error.code === 'connection_not_found' ||
  error.code === 'ssh_no_common_algorithm' ||
  error.code === 'container_not_found' ||
  error.code === 'not_signed_in' ||
  error.code === 'token_missing' ||
  error.code === 'token_refused';
