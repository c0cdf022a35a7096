import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { KeptFile } from '../../engine/base/kept-file.ts';
import { Secret } from '../../engine/base/secret.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);
/** OWASP's least for scrypt: N = 2^17, r = 8, p = 1. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const keyBytes = 32;
const tagBytes = 16;
const nonceBytes = 12;

export const sealedFileSchema = z.strictObject({
  salt: z.base64(),
  /** What tells a wrong passphrase from a right one. */
  check: z.base64(),
  sealed: z.record(z.string(), z.base64()),
});
export type SealedFile = z.infer<typeof sealedFileSchema>;

const checkWord = 'gearway';

/** Seals each secret by AES-256-GCM with the key that a passphrase gives; its id is bound to it. */
export interface SealedSecrets {
  read(id: string): Promise<Secret | undefined>;
  write(id: string, secret: Secret): Promise<void>;
  forget(id: string): Promise<void>;
}

/** `undefined` for another passphrase than the one by which the file was sealed. */
export async function openSealedSecrets(
  file: KeptFile<SealedFile | undefined>,
  passphrase: Secret,
): Promise<SealedSecrets | undefined> {
  const known = await file.read();
  const salt = known === undefined ? randomBytes(16) : Buffer.from(known.salt, 'base64');
  const key = await derive(passphrase.reveal(), salt, keyBytes, cost);
  if (known !== undefined && open(key, 'check', known.check) !== checkWord) return undefined;
  const check = known?.check ?? seal(key, 'check', checkWord);
  const sealed = new Map(Object.entries(known?.sealed ?? {}));
  const keep = () => file.write({ salt: salt.toString('base64'), check, sealed: Object.fromEntries(sealed) });
  return {
    async read(id) {
      const found = sealed.get(id);
      const text = found === undefined ? undefined : open(key, id, found);
      return text === undefined ? undefined : new Secret(text);
    },
    async write(id, secret) {
      sealed.set(id, seal(key, id, secret.reveal()));
      await keep();
    },
    async forget(id) {
      if (sealed.delete(id)) await keep();
    },
  };
}

function seal(key: Buffer, id: string, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function open(key: Buffer, id: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([
      decipher.update(bytes.subarray(nonceBytes + tagBytes)),
      decipher.final(),
    ]).toString();
  } catch {
    return undefined;
  }
}
