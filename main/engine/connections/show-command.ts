import type { SavedConnection } from '../../../shared/model/connection.ts';
import { quotePath, quoteToPaste } from '../../../shared/quoting/index.ts';

/** The same connection for a terminal; no secret in it. */
export function connectionCommand(
  { user, host, port, keyFiles = [] }: Pick<SavedConnection, 'user' | 'host' | 'port' | 'keyFiles'>,
  jump: string,
): string {
  return [
    'ssh',
    ...keyFiles.flatMap((file) => ['-i', quotePath(file)]),
    ...(jump === '' ? [] : ['-J', quoteToPaste(jump)]),
    ...(port === 22 ? [] : ['-p', port]),
    quoteToPaste(`${user}@${host}`),
  ].join(' ');
}
