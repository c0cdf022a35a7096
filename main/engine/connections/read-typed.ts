import type { SavedConnection } from '../../../shared/model/connection.ts';
import { readPort } from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { isHost, isUser } from '../ssh-config/index.ts';
import type { TypedConnection } from './types.ts';

/**
 * A connection as its form holds it; the port is 22 and the user root where they are empty. `host_invalid`, `port_invalid`,
 * `ssh_command_invalid`, each with its field.
 */
export function readTyped(typed: TypedConnection): Result<Omit<SavedConnection, 'id' | 'forwards'>> {
  const host = typed.host.trim().replace(/^\[|\]$/g, '');
  const port = typed.port.trim() === '' ? 22 : readPort(typed.port);
  const user = typed.user.trim() === '' ? 'root' : typed.user.trim();
  if (!isHost(host)) return fail('host_invalid', { field: 'host' });
  if (port === undefined) return fail('port_invalid', { field: 'port' });
  if (!isUser(user)) return fail('ssh_command_invalid', { field: 'user' });
  const keyFiles = (typed.keyFiles ?? '')
    .split(',')
    .map((file) => file.trim())
    .filter((file) => file !== '');
  return ok({
    name: typed.name.trim().slice(0, 100) || host,
    host,
    port,
    user,
    login: typed.login,
    ...(keyFiles.length > 0 && (typed.login === 'key' || typed.login === 'auto') ? { keyFiles } : {}),
    ...(typed.via === undefined || typed.via === '' ? {} : { via: typed.via }),
    ...(typed.old === true ? { old: true } : {}),
  });
}
