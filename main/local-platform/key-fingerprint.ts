import { createHash } from 'node:crypto';

/** `SHA256:…` of a public key's line, as OpenSSH prints it. */
export function keyFingerprint(line: string): string {
  const data = Buffer.from(line.split(/\s+/)[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(data).digest('base64').replace(/=+$/, '')}`;
}
