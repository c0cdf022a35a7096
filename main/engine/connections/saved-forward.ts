import type { ForwardDirection, SavedForward } from '../../../shared/model/connection.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { readTypedForward, type WrittenForward } from '../ssh-config/index.ts';

/** What is kept of a forward, as typed. `forward_invalid`, `forward_unsupported`. */
export function readSavedForward(
  direction: ForwardDirection,
  typed: string,
): Result<Omit<SavedForward, 'id' | 'open' | 'confirmed'>> {
  const read = readTypedForward(direction, typed);
  if (read.kind === 'invalid') return fail('forward_invalid', { field: 'forward' });
  if (read.kind === 'unsupported') return fail('forward_unsupported', { field: 'forward' });
  return ok({ ...read.forward, bind: bindOf(read.forward) });
}

/** OpenSSH's ways to say where a forward listens, in ours. */
export const bindOf = ({ bind }: WrittenForward): string =>
  bind === undefined ? '127.0.0.1' : bind === '' || bind === '*' ? '0.0.0.0' : bind;

/** Can only this computer reach what listens there? */
export const isOwnComputer = (bind: string): boolean =>
  bind === 'localhost' || bind === '::1' || /^127(\.\d{1,3}){3}$/.test(bind);
