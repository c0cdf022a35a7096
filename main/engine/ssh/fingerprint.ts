import { createHash } from 'node:crypto';

/** `SHA256:…` of a host key as it comes over the wire, written as OpenSSH writes it: base64 without padding. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The key's type is its first string (RFC 4253 §6.6). */
export function algorithmOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  const name = key.subarray(4, 4 + Math.min(length, 64)).toString('latin1');
  return /^[a-z0-9@.-]+$/i.test(name) ? name : 'unknown';
}
