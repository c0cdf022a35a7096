import { nameOf } from './public-key.ts';
import { readParts, wirePart } from './wire-strings.ts';

/** What an authority says of a key (OpenSSH's PROTOCOL.certkeys). */
export interface Certificate {
  /** The whole of it, as it goes over the wire. */
  readonly blob: Buffer;
  /** Public part of the key that it speaks of. */
  readonly key: Buffer;
  readonly isForUsers: boolean;
  /** Since when and until when it counts, in ms; without an end `Infinity`. */
  readonly from: number;
  readonly until: number;
}

const ending = '-cert-v01@openssh.com';
const mostMs = 8.64e15;

/** How many parts the public key of a type has. */
const partsOf: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
};

/** Nothing for what is no certificate of a type that is known. Signatures are for servers to check. Pure. */
export function readCertificate(blob: Buffer): Certificate | undefined {
  const type = nameOf(blob);
  if (type?.endsWith(ending) !== true) return undefined;
  const base = type.slice(0, -ending.length);
  const plain = base.startsWith('sk-') ? `${base}@openssh.com` : base;
  const count = Object.hasOwn(partsOf, plain) ? partsOf[plain] : undefined;
  if (count === undefined) return undefined;
  const parts = readParts(blob);
  // The type again, and a number that was drawn.
  parts.part();
  parts.part();
  const key = Array.from({ length: count }, () => parts.part());
  parts.long();
  const kind = parts.number();
  // The authority's name for it, and for whom it is.
  parts.part();
  parts.part();
  const from = parts.long();
  const until = parts.long();
  if (until === undefined || from === undefined || key.includes(undefined)) return undefined;
  return {
    blob,
    key: Buffer.concat([plain, ...(key as Buffer[])].map(wirePart)),
    isForUsers: kind === 1,
    from: inMs(from),
    until: inMs(until),
  };
}

const inMs = (seconds: bigint): number => {
  const ms = Number(seconds) * 1000;
  return ms > mostMs ? Infinity : ms;
};
