import type { Algorithms } from 'ssh2';

/**
 * What is offered, the quickest first. AES-GCM is done by the crypto library at 600 MB/s where ChaCha20 is done in
 * JavaScript; curve25519 takes a millisecond where a group-18 exchange blocks the thread for seconds, so that
 * group is not offered at all.
 */
export function algorithms(pinned: string | undefined): Algorithms {
  const keys = hostKeyTypes.filter((type) => !belongsTo(type, pinned));
  const first = hostKeyTypes.filter((type) => belongsTo(type, pinned));
  return {
    cipher: [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'aes128-ctr',
      'aes192-ctr',
      'aes256-ctr',
      'chacha20-poly1305@openssh.com',
    ],
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group-exchange-sha256',
    ],
    // A key that is known is asked for first: another type of the same server would look like a changed key.
    serverHostKey: [...first, ...keys],
  };
}

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
