import { fail, ok, type Result } from '../../../shared/result.ts';
import type { HostKeys, SeenHostKey } from './types.ts';

/**
 * Pins a server's key for a run, because a person accepted what was shown of it. Only that one: another may have come
 * meanwhile, which is `ssh_host_key_changed`.
 */
export function acceptKey(
  shown: SeenHostKey | undefined,
  accepted: { readonly fingerprint: string; readonly runId: string; readonly at: number },
  pins: Pick<HostKeys, 'remember'>,
): Result<null> {
  if (shown === undefined || shown.fingerprint !== accepted.fingerprint) return fail('ssh_host_key_changed');
  pins.remember({ runId: accepted.runId, ...shown, acceptedAt: accepted.at });
  return ok(null);
}
