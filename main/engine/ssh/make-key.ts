import ssh2 from 'ssh2';
import { Secret } from '../base/secret.ts';

/** A fresh pair: the private part as OpenSSH's files hold it, the public one as a line of `authorized_keys`. */
interface MadeKey {
  readonly text: Secret;
  readonly line: string;
}

/**
 * Ed25519. About one in two hundred that the ssh2 library makes cannot be read back by itself ("Malformed OpenSSH private
 * key"; seen with 1.17.0): those are drawn again.
 */
export function makeKey(comment: string): MadeKey {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    if (!(ssh2.utils.parseKey(made.private) instanceof Error))
      return { text: new Secret(made.private), line: made.public };
  }
}

/** The public part of a private key that has no passphrase, as a line of `authorized_keys`. */
export function publicLine(text: Secret, comment: string): string | undefined {
  const parsed = ssh2.utils.parseKey(text.reveal());
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error || key === undefined) return undefined;
  return `${key.type} ${key.getPublicSSH().toString('base64')} ${comment}`;
}
