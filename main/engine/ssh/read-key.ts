import ssh2, { type ParsedKey } from 'ssh2';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Secret } from '../base/secret.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { SigningKey } from './types.ts';

/** What can be said of a private key without showing it. */
interface ReadKey extends SigningKey {
  readonly algorithm: string;
  readonly fingerprint: string;
  /** Signs. */
  readonly parsed: ParsedKey;
}

/** A key file of more is none. */
const mostBytes = 64 * 1024;

/**
 * Reads a private key, OpenSSH's format or PEM. `ssh_passphrase_needed`, `ssh_passphrase_wrong`, `ssh_key_unreadable`
 * {command}: the command converts what ssh2 cannot read: PuTTY's files, PKCS#8, keys on a security token.
 */
export function readKey(text: Secret, passphrase: Secret | undefined): Result<ReadKey> {
  const written = text.reveal();
  if (written.length > mostBytes) return fail('ssh_key_unreadable');
  const parsed = ssh2.utils.parseKey(written, passphrase?.reveal());
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error || key === undefined) {
    if (isEncrypted(written, key))
      return fail(passphrase === undefined ? 'ssh_passphrase_needed' : 'ssh_passphrase_wrong');
    return fail('ssh_key_unreadable', { params: { command: converter(written) } });
  }
  if (!key.isPrivateKey())
    return fail('ssh_key_unreadable', { params: { command: 'ssh-keygen -t ed25519' } });
  return ok({
    text,
    passphrase,
    algorithm: key.type,
    fingerprint: fingerprintOf(key.getPublicSSH()),
    parsed: key,
  });
}

/** ssh2 has only messages for it; its own marks in the file say the same for PEM. */
const isEncrypted = (written: string, error: Error | undefined): boolean =>
  /encrypted|passphrase|integrity|bad decrypt/i.test(error?.message ?? '') ||
  /^Proc-Type: 4,ENCRYPTED|^DEK-Info:/m.test(written);

/** The command that makes a file that can be read. */
function converter(written: string): string {
  if (/^PuTTY-User-Key-File/m.test(written)) return 'puttygen KEY.ppk -O private-openssh -o KEY';
  return 'ssh-keygen -p -f KEY';
}
