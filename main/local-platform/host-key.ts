import ssh2 from 'ssh2';

/**
 * A fresh Ed25519 key. About one in two hundred that the ssh2 library makes cannot be read back by itself ("Malformed
 * OpenSSH private key"; seen with 1.17.0): those are drawn again.
 */
export function drawHostKey(): string {
  for (;;) {
    const key = ssh2.utils.generateKeyPairSync('ed25519').private;
    if (!(ssh2.utils.parseKey(key) instanceof Error)) return key;
  }
}
