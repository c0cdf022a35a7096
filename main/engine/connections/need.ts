import type { ConnectionNeed, SavedConnection } from '../../../shared/model/connection.ts';
import type { AppError } from '../../../shared/result.ts';

/** What a person has to say before a connection that failed can stand; nothing where saying something cannot help. */
export function needOf(
  { host, port, login }: Pick<SavedConnection, 'host' | 'port' | 'login'>,
  error: AppError,
): ConnectionNeed | undefined {
  const params = error.params ?? {};
  const isOwn = params.host === host && params.port === port;
  switch (error.code) {
    case 'ssh_host_key_unknown':
      return isOwn
        ? { kind: 'hostKey', fingerprint: String(params.fingerprint), algorithm: String(params.algorithm) }
        : undefined;
    case 'ssh_host_key_changed':
      return isOwn
        ? { kind: 'changedKey', expected: String(params.expected), got: String(params.got) }
        : undefined;
    case 'ssh_password_needed':
      return isOwn ? { kind: 'password', refused: false } : undefined;
    case 'ssh_login_refused':
      return isOwn && (login === 'password' || login === 'auto')
        ? { kind: 'password', refused: true }
        : undefined;
    case 'ssh_passphrase_needed':
      return isOwn ? { kind: 'passphrase', refused: false, file: String(params.file ?? '') } : undefined;
    case 'ssh_passphrase_wrong':
      return isOwn ? { kind: 'passphrase', refused: true, file: String(params.file ?? '') } : undefined;
    default:
      return undefined;
  }
}
