import ssh2, { type Client, type ParsedKey } from 'ssh2';
import { nameOf } from './public-key.ts';
import type { Identity } from './types.ts';
import { wirePart } from './wire-strings.ts';

/** The types of keys that ssh2 1.17 offers by itself. */
const ownTypes = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
]);

/** Certificates and keys on security tokens: ssh2 knows neither their types nor their signatures. */
export const isForeign = (blob: Buffer): boolean => !ownTypes.has(nameOf(blob) ?? '');

/** What a login names as its algorithm: RSA's certificates sign with SHA-512 as its keys do (RFC 8332). */
export function algorithmFor(blob: Buffer): string {
  const type = nameOf(blob) ?? '';
  return type.replace(/^ssh-rsa-cert/, 'rsa-sha2-512-cert');
}

/**
 * The signature of a plain key with its type before it, as a certificate of that key needs it. ssh2 gives those of
 * elliptic curves as two numbers in DER. Pure.
 */
export function wholeSignature(type: string, signature: Buffer): Buffer {
  const name = type === 'ssh-rsa' ? 'rsa-sha2-512' : type;
  const isDer = type.startsWith('ecdsa-') && signature[0] === 0x30;
  return Buffer.concat([wirePart(name), wirePart(isDer ? numbersOf(signature) : signature)]);
}

function numbersOf(der: Buffer): Buffer {
  // Of the longest curve the length takes two bytes.
  let at = der[1] === 0x81 ? 3 : 2;
  const next = () => {
    const length = der[at + 1] ?? 0;
    at += 2 + length;
    return wirePart(der.subarray(at - length, at));
  };
  return Buffer.concat([next(), next()]);
}

/** What this module uses of ssh2 1.17 (`lib/protocol/Protocol.js`). */
interface Protocol {
  authPK(user: string, key: ParsedKey, algorithm: unknown, sign?: Sign): void;
  readonly _kex: { readonly sessionID: Buffer };
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(size: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _kexinit?: unknown;
  _queue?: Buffer[];
  readonly _authsQueue: string[];
}
type Sign = (data: Buffer, call: (signature: Buffer) => void) => void;

/** Any key that ssh2 reads: it takes as read what stems from one. */
const anyKey = ssh2.utils.parseKey(
  `ssh-ed25519 ${Buffer.concat([wirePart('ssh-ed25519'), wirePart(Buffer.alloc(32, 1))]).toString('base64')}`,
);

/** As ssh2 wants a key of an agent to be. */
export function offered({ blob }: Identity): Buffer | ParsedKey {
  if (!isForeign(blob)) return blob;
  return Object.create(Array.isArray(anyKey) ? (anyKey[0] ?? null) : (anyKey as object), {
    type: { value: algorithmFor(blob) },
    getPublicSSH: { value: () => blob },
  }) as ParsedKey;
}

/** Lets a client sign in with foreign keys: their signatures go out as they are. */
export function takeForeignKeys(client: Client): void {
  const protocol = (client as unknown as { readonly _protocol: Protocol })._protocol;
  const { authPK } = protocol;
  protocol.authPK = (user, key, algorithm, sign) => {
    if (sign === undefined || !isForeign(key.getPublicSSH())) {
      authPK.call(protocol, user, key, algorithm, sign);
      return;
    }
    // RFC 4252 §7
    const request = Buffer.concat([
      Buffer.from([50]),
      wirePart(user),
      wirePart('ssh-connection'),
      wirePart('publickey'),
      Buffer.from([1]),
      wirePart(key.type),
      wirePart(key.getPublicSSH()),
    ]);
    sign(Buffer.concat([wirePart(protocol._kex.sessionID), request]), (signature) => {
      const payload = Buffer.concat([request, wirePart(signature)]);
      const { write } = protocol._packetRW;
      const packet = write.alloc(payload.length);
      packet.set(payload, write.allocStart);
      protocol._authsQueue.push('publickey');
      const ready = write.finalize(packet);
      if (protocol._kexinit === undefined) protocol._cipher.encrypt(ready);
      else {
        // Keys are being changed: it goes out after that.
        protocol._queue ??= [];
        protocol._queue.push(ready);
      }
    });
  };
}
