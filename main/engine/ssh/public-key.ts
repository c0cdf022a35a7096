import ssh2 from 'ssh2';

/** A key of more is none. */
const mostBytes = 64 * 1024;

/** The public part of a line as `.pub` files and `authorized_keys` have it, as it goes over the wire. Pure. */
export function readPublicLine(text: string): Buffer | undefined {
  if (text.length > mostBytes) return undefined;
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  const [algorithm = '', base64 = ''] = line.split(/\s+/, 2);
  if (!/^[a-z0-9@.-]{3,100}$/.test(algorithm) || !/^[A-Za-z0-9+/=]{40,}$/.test(base64)) return undefined;
  const blob = Buffer.from(base64, 'base64');
  return nameOf(blob) === algorithm ? blob : undefined;
}

/** The type of a key as it goes over the wire: its first string. Pure. */
export function nameOf(blob: Buffer): string | undefined {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return length > 0 && length <= 100 && blob.length >= 4 + length
    ? blob.toString('latin1', 4, 4 + length)
    : undefined;
}

const magic = 'openssh-key-v1\0';

/**
 * The public part of a private key's file, without its passphrase where OpenSSH's format holds it in clear (its
 * PROTOCOL.key). Pure.
 */
export function publicPartOf(text: string): Buffer | undefined {
  if (text.length > mostBytes) return undefined;
  const start = text.indexOf('-----BEGIN OPENSSH PRIVATE KEY-----');
  if (start >= 0) {
    const end = text.indexOf('-----END', start + 10);
    const bytes = Buffer.from(text.slice(start + 35, end < 0 ? undefined : end).replace(/\s/g, ''), 'base64');
    if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
    let at = magic.length;
    const next = () => {
      const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : bytes.length;
      const part = bytes.subarray(at + 4, at + 4 + length);
      at += 4 + length;
      return part;
    };
    // Cipher, key derivation and its options; then how many keys there are.
    for (let part = 0; part < 3; part += 1) next();
    at += 4;
    const blob = next();
    return nameOf(blob) === undefined ? undefined : Buffer.from(blob);
  }
  const parsed = ssh2.utils.parseKey(text);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return key instanceof Error || key === undefined ? undefined : key.getPublicSSH();
}
