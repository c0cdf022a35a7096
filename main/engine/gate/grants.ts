import { createHash, pbkdf2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import type { GrantFile, GrantKind } from '../../../shared/model/gate.ts';
import { Secret } from '../base/secret.ts';

const stretch = promisify(pbkdf2);
/** OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256. */
const rounds = 600_000;

/** Who is let in, and what opens the gate to them: the secret is known here and by them only. */
export interface NewGrant {
  readonly grant: GrantFile;
  /** Absent for a password, which the person knows. */
  readonly secret?: Secret;
}

const newId = () => randomInt(2 ** 47).toString(36);
const token = (prefix: string) => new Secret(`${prefix}_${randomBytes(32).toString('base64url')}`);
const digest = (secret: Secret) => createHash('sha256').update(secret.reveal()).digest('hex');

/** A link or key of 256 random bits. `untilMs` since the epoch. */
export function newToken(
  kind: Extract<GrantKind, 'link' | 'key'>,
  part: {
    readonly name: string;
    readonly untilMs: number | null;
    readonly once?: boolean;
    readonly own?: boolean;
  },
): NewGrant & { readonly secret: Secret } {
  const secret = token(kind === 'link' ? 'gwl' : 'gwk');
  const { name, once, own } = part;
  return {
    secret,
    grant: { id: newId(), kind, name, once, own, until: secondsOf(part.untilMs), hash: digest(secret) },
  };
}

/** A password that people choose. It is stretched, so that its hash tells it to nobody soon. */
export async function newPassword(
  password: Secret,
  part: { readonly name: string; readonly untilMs: number | null },
): Promise<NewGrant> {
  const salt = randomBytes(16);
  const hash = await stretch(password.reveal().normalize('NFC'), salt, rounds, 32, 'sha256');
  return {
    grant: {
      ...{ id: newId(), kind: 'password', name: part.name, until: secondsOf(part.untilMs), rounds },
      hash: hash.toString('hex'),
      salt: salt.toString('hex'),
    },
  };
}

const secondsOf = (ms: number | null) => (ms === null ? null : Math.floor(ms / 1_000));

/** A name for a gate that nobody else has. */
export const newGateId = (): string => `g${newId()}${newId()}`;
