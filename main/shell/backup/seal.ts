import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import type { SealedSecrets } from '../../../shared/model/backup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Secrets by their ids, in clear. Never leaves this process but sealed. */
export type ClearSecrets = Readonly<Record<string, string>>;

/** Shorter ones fall to a guessing machine within days, whatever stretches them. */
const leastPassphrase = 8;

/**
 * About 0.4 s and 128 MiB for each guess (OWASP Password Storage Cheat Sheet, scrypt). Named in the file by `method`
 * and never read from it: a foreign file must not choose how long we work.
 */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const method = 'scrypt-17-8-1+aes-256-gcm';
const clearSchema = z.record(z.string().max(200), z.string().max(200_000));

/** Makes a key of 32 bytes from a passphrase, slowly. */
export type Stretch = (passphrase: string, salt: Buffer) => Promise<Buffer>;

/** `passphrase_short`. */
export async function seal(
  secrets: ClearSecrets,
  passphrase: string,
  stretch: Stretch = scryptKey,
): Promise<Result<SealedSecrets>> {
  if (passphrase.length < leastPassphrase)
    return fail('passphrase_short', { field: 'passphrase', params: { least: leastPassphrase } });
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return ok({
    method,
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: text.toString('base64'),
  });
}

/** `passphrase_wrong`, also for a file that was changed by somebody: the two look the same. */
export async function unseal(
  sealed: SealedSecrets,
  passphrase: string,
  stretch: Stretch = scryptKey,
): Promise<Result<ClearSecrets>> {
  const wrong = fail('passphrase_wrong', { field: 'passphrase' });
  const bytes = (text: string) => Buffer.from(text, 'base64');
  if (bytes(sealed.iv).length !== 12 || bytes(sealed.tag).length !== 16) return wrong;
  const key = await stretch(passphrase, bytes(sealed.salt));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(sealed.iv), { authTagLength: 16 });
    decipher.setAuthTag(bytes(sealed.tag));
    const text = Buffer.concat([decipher.update(bytes(sealed.text)), decipher.final()]).toString('utf8');
    const read = clearSchema.safeParse(JSON.parse(text));
    return read.success ? ok(read.data) : wrong;
  } catch {
    return wrong;
  }
}

/** Hoisted, as it is a default above. */
function scryptKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same passphrase typed on two systems may be composed differently (RFC 8265 §4.2.1).
    scrypt(passphrase.normalize('NFC'), salt, 32, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
