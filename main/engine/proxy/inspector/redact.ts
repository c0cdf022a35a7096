import type { HeaderPair } from '../../../../shared/model/exchange.ts';
import { readable } from '../wire/fields.ts';
import { isSecretName } from './secret-name.ts';

/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** Pairs as in Node's `rawHeaders`, as people read them and without their secrets. */
export function redactHeaders(raw: readonly string[]): readonly HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    pairs.push([name, redactHeader(name, readable(raw[index + 1] ?? ''))]);
  }
  return pairs;
}

/** Of cookies the names stay, because they help to find a fault. */
function redactHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (lower === 'authorization' || lower === 'proxy-authorization')
    return `${/^[a-z]{1,40}(?= )/i.exec(value)?.[0] ?? ''} ${redacted}`.trim();
  if (lower === 'cookie') return value.replace(/=[^;]*/g, `=${redacted}`);
  if (lower === 'set-cookie') return value.replace(/=[^;]*/, `=${redacted}`);
  if (isSecretName(name)) return redacted;
  return withAddress.has(lower) ? redactPath(value) : value;
}

const withAddress: ReadonlySet<string> = new Set([
  'content-location',
  'link',
  'location',
  'origin',
  'referer',
  'refresh',
  'x-original-uri',
  'x-original-url',
  'x-forwarded-uri',
  'x-rewrite-url',
]);

/**
 * A path, an address or several in a text, without the values of query and fragment fields that look like secrets, and
 * without a login.
 */
export function redactPath(path: string): string {
  const open = path.includes('@') ? path.replace(/(\/\/)[^/?#@]*@/, `$1${redacted}@`) : path;
  if (!open.includes('=')) return open;
  return open.replace(
    /([?&#;])([^=?&#;\s"'<>]{1,120})=([^&#;\s"'<>]*)/g,
    (all, before: string, name: string) =>
      isSecretName(decoded(name)) ? `${before}${name}=${redacted}` : all,
  );
}

/** Text of a body without the values of fields that look like secrets: in JSON (also inside of a string), in forms. */
export const redactText = (text: string): string =>
  text
    .replace(
      /"([^"\\]{1,120})"(\s{0,20}:\s{0,20})("(?:[^"\\]|\\[\s\S])*(?:"|$)|-?[0-9][0-9.eE+-]{0,40})/g,
      (all, name: string, colon: string) => (isSecretName(name) ? `"${name}"${colon}"${redacted}"` : all),
    )
    .replace(/\\"([^"\\]{1,120})\\"(\s{0,20}:\s{0,20})\\"[^"\\]*/g, (all, name: string, colon: string) =>
      isSecretName(name) ? `\\"${name}\\"${colon}\\"${redacted}` : all,
    )
    .replace(/(^|[&\n])([^=&\s]{1,120})=([^&\s]*)/g, (all, before: string, name: string) =>
      isSecretName(decoded(name)) ? `${before}${name}=${redacted}` : all,
    )
    .replace(/(\bname="([^"\r\n]{1,120})"\r?\n\r?\n)([^\r\n]*)/g, (all, before: string, name: string) =>
      isSecretName(name) ? before + redacted : all,
    );

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
