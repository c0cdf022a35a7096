import type { HeaderPair } from '../../../../shared/model/exchange.ts';

/** What stands where a secret stood. */
export const redacted = '[redacted]';

/** Headers whose whole value is a secret; of cookies the names stay, because they help to find a fault. */
const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-xsrftoken',
  'x-goog-api-key',
  'authentication',
  'sec-websocket-key',
]);

const secretName =
  /^(?:.*[_-])?(?:token|api_?-?key|key|secret|password|passwd|pwd|signature|sig|auth|code|credential|session_?id)$/i;

/** Pairs of Node's `rawHeaders` without their secrets. */
export function redactHeaders(raw: readonly string[]): readonly HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    pairs.push([raw[index] ?? '', redactHeader(raw[index] ?? '', raw[index + 1] ?? '')]);
  return pairs;
}

function redactHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (lower === 'authorization' || lower === 'proxy-authorization')
    return `${/^[a-z]+(?= )/i.exec(value)?.[0] ?? ''} ${redacted}`.trim();
  if (secretHeaders.has(lower)) return redacted;
  if (lower === 'cookie') return value.replace(/=[^;]*/g, `=${redacted}`);
  if (lower === 'set-cookie') return value.replace(/=[^;]*/, `=${redacted}`);
  if (lower === 'location' || lower === 'referer' || lower === 'content-location' || lower === 'link')
    return redactPath(value);
  return value;
}

/** A path or an address without the values of query fields that look like secrets, and without a login. */
export function redactPath(path: string): string {
  const open = path.includes('@') ? path.replace(/(\/\/)[^/?#@]*@/, `$1${redacted}@`) : path;
  const start = open.indexOf('?');
  if (start < 0) return open;
  const fields = open
    .slice(start + 1)
    .split('&')
    .map((field) => {
      const equals = field.indexOf('=');
      return equals > 0 && secretName.test(decoded(field.slice(0, equals)))
        ? `${field.slice(0, equals)}=${redacted}`
        : field;
    });
  return `${open.slice(0, start)}?${fields.join('&')}`;
}

/** Text of a body without the values of fields that look like secrets, in JSON and in forms. */
export const redactText = (text: string): string =>
  text
    .replace(/"([^"\\]{1,60})"(\s*:\s*)"(?:[^"\\]|\\.)*("|$)/g, (all, name: string, colon: string) =>
      secretName.test(name) ? `"${name}"${colon}"${redacted}"` : all,
    )
    .replace(/(^|[&\n])([\w.-]{1,60})=([^&\s]*)/g, (all, before: string, name: string) =>
      secretName.test(name) ? `${before}${name}=${redacted}` : all,
    );

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
