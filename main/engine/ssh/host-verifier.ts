import type { AppError } from '../../../shared/result.ts';
import type { Clock } from '../base/effects.ts';
import { algorithmOf, fingerprintOf } from './fingerprint.ts';
import type { HostKeys, SeenHostKey, SshEndpoint } from './types.ts';

/** Decides on the key that a server shows. Asked again at every new key exchange, where only the key of this connection will do. */
export function hostVerifier(options: {
  readonly endpoint: SshEndpoint;
  readonly hostKeys: HostKeys;
  readonly clock: Pick<Clock, 'now'>;
  readonly onKey: (key: SeenHostKey) => void;
  /** `ssh_host_key_changed` {host, port, expected, got}, `ssh_host_key_unknown` {host, port, fingerprint, algorithm}. */
  readonly onRefused: (error: AppError) => void;
}): (key: Buffer) => boolean {
  const { endpoint, hostKeys, onRefused } = options;
  const { host, port, runId } = endpoint;
  let accepted: string | undefined;
  return (key) => {
    const fingerprint = fingerprintOf(key);
    if (accepted !== undefined) return accepted === fingerprint;
    const algorithm = algorithmOf(key);
    const shown = { fingerprint, algorithm, key: key.toString('base64') };
    options.onKey(shown);
    const expected = hostKeys.pin(runId);
    const isKnown = endpoint.knownKeys?.some((each) => each.fingerprint === fingerprint) === true;
    if (!isKnown && expected !== undefined && expected.fingerprint !== fingerprint) {
      const params = { host, port, expected: expected.fingerprint, got: fingerprint };
      onRefused({ code: 'ssh_host_key_changed', params });
      return false;
    }
    if (!isKnown && expected === undefined && endpoint.askHostKey === true) {
      onRefused({ code: 'ssh_host_key_unknown', params: { host, port, fingerprint, algorithm } });
      return false;
    }
    if (expected?.fingerprint !== fingerprint)
      hostKeys.remember({ runId, ...shown, acceptedAt: options.clock.now() });
    accepted = fingerprint;
    return true;
  };
}
