import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A pair that was given out, and the folder below which it may write and read. */
export interface StoreKey {
  readonly secret: string;
  readonly prefix: string;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whose request it is by its signature (AWS Signature Version 4, in the `Authorization` header). `undefined` where it
 * has none that holds. The body is covered by the digest that the client declares.
 */
export function signerOf(
  request: IncomingMessage,
  keyOf: (id: string) => StoreKey | undefined,
): StoreKey | undefined {
  const header = request.headers.authorization ?? '';
  if (header.length > 4_000 || !header.startsWith('AWS4-HMAC-SHA256 ')) return undefined;
  const fields = new Map(
    header
      .slice('AWS4-HMAC-SHA256 '.length)
      .split(',')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      }),
  );
  const [id = '', date = '', region = '', service = '', end = ''] = (fields.get('Credential') ?? '').split(
    '/',
  );
  const key = keyOf(id);
  if (key === undefined || end !== 'aws4_request') return undefined;
  const url = new URL(request.url ?? '/', 'http://store');
  const signed = (fields.get('SignedHeaders') ?? '').split(';');
  const headerOf = (name: string) => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ {2,}/g, ' ');
  };
  const query = [...url.searchParams]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const canonical = [
    request.method ?? '',
    (request.url ?? '/').split('?')[0],
    query.map((pair) => pair.join('=')).join('&'),
    ...signed.map((name) => `${name}:${headerOf(name)}`),
    '',
    signed.join(';'),
    headerOf('x-amz-content-sha256') || 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const text = [
    'AWS4-HMAC-SHA256',
    headerOf('x-amz-date'),
    `${date}/${region}/${service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const signing = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${key.secret}`, date));
  const wanted = Buffer.from(createHmac('sha256', signing).update(text).digest('hex'));
  const given = Buffer.from(fields.get('Signature') ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? key : undefined;
}
