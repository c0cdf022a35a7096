import { createHmac } from 'node:crypto';
import { fingerprintOf } from '../ssh/index.ts';

export interface KnownKey {
  readonly algorithm: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/** Where OpenSSH keeps them. */
export const usualKnownHosts = [
  '~/.ssh/known_hosts',
  '~/.ssh/known_hosts2',
  '/etc/ssh/ssh_known_hosts',
  '/etc/ssh/ssh_known_hosts2',
];

/** What is asked for first at a server that has several keys. */
const preferred = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/**
 * The keys of a host in files of OpenSSH's `known_hosts` (sshd(8)), hashed names too, the best first: a host may have
 * several, also of one type. Lines with
 * patterns or the marker `@cert-authority` are passed over: they say less than one key of one host. A key that is
 * `@revoked`, for whatever host, is none. Pure.
 */
export function findKnownKeys(
  text: string,
  { host, port, alias }: { readonly host: string; readonly port: number; readonly alias?: string },
): readonly KnownKey[] {
  const plain = (alias ?? host).toLowerCase();
  const name = port === 22 || alias !== undefined ? plain : `[${plain}]:${port}`;
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const revoked = new Set(lines.filter(([marker]) => marker === '@revoked').map(([, , , key]) => key));
  const found = lines.flatMap(([names = '', algorithm = '', key = '']): readonly KnownKey[] => {
    if (!preferred.includes(algorithm) || revoked.has(key) || !isNamed(names, name)) return [];
    const blob = Buffer.from(key, 'base64');
    if (blob.length < 32) return [];
    return [{ algorithm, fingerprint: fingerprintOf(blob) }];
  });
  return found.sort((a, b) => preferred.indexOf(a.algorithm) - preferred.indexOf(b.algorithm));
}

function isNamed(names: string, name: string): boolean {
  const hashed = /^\|1\|([A-Za-z0-9+/=]+)\|([A-Za-z0-9+/=]+)$/.exec(names);
  if (hashed?.[1] === undefined) return names.toLowerCase().split(',').includes(name);
  return createHmac('sha1', Buffer.from(hashed[1], 'base64')).update(name).digest('base64') === hashed[2];
}
