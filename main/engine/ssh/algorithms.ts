import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, KexAlgorithm } from 'ssh2';

/**
 * What is offered, the quickest first. AES-GCM is done by the crypto library where ChaCha20 is done in JavaScript.
 * Elliptic curves only: in Electron's crypto library a Diffie-Hellman exchange blocks its thread, group 16 for 3 s and
 * group 18 for 23 s (oven-sh/bun#40429), so that groups are offered only to a host that is marked as old.
 */
export function algorithms(pinned: string | undefined, old = false): Algorithms {
  const keys = hostKeyTypes.filter((type) => !belongsTo(type, pinned));
  const first = hostKeyTypes.filter((type) => belongsTo(type, pinned));
  return {
    cipher: usableCiphers(getCiphers()),
    kex: old ? [...curves, ...groups] : [...curves],
    // A key that is known is asked for first: another type of the same server would look like a changed key.
    serverHostKey: [...first, ...keys],
  };
}

/** SSH's names, the quickest first, with the crypto library's. */
const ciphers: readonly (readonly [CipherAlgorithm, string])[] = [
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['aes128-ctr', 'aes-128-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes256-ctr', 'aes-256-ctr'],
  ['chacha20-poly1305@openssh.com', 'chacha20'],
];

/** Those that the crypto library has: ssh2 throws when it is given another one, and Electron's has no ChaCha20. */
export const usableCiphers = (library: readonly string[]): CipherAlgorithm[] =>
  ciphers.filter(([, name]) => library.includes(name)).map(([name]) => name);

const curves: readonly KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
];

const groups: readonly KexAlgorithm[] = [
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group18-sha512',
  'diffie-hellman-group14-sha1',
];

const hostKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
] as const;

/** RSA keys are called `ssh-rsa` on the wire whatever they sign with (RFC 8332 §3). */
const belongsTo = (type: string, pinned: string | undefined): boolean =>
  pinned === 'ssh-rsa' ? type.includes('rsa') : type === pinned;
