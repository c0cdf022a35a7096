/**
 * Whether a name (of a header, a query field, a field of a form or of JSON) says that its value is a secret: by the words
 * in it, in any case and however they are joined (`X-Vault-Token`, `accessToken`, `clientsecret`). A list of names would
 * never be whole.
 */
export function isSecretName(name: string): boolean {
  if (name.length > mostCharacters) return false;
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = look(name);
  // The same few names come with every request.
  if (known.size >= mostKnown) known.clear();
  known.set(name, found);
  return found;
}

const known = new Map<string, boolean>();
const mostKnown = 2_000;

function look(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (exceptions.has(words.join('-'))) return false;
  const last = words.at(-1) ?? '';
  if (aboutASecret.has(last)) return false;
  if (last === 'code') return words.length === 1 || words.some((word) => codesOf.has(word));
  return words.some((word) => {
    const plain = word.replace(/[0-9]+$/, '');
    return secretWords.has(plain) || joinedEnds.some((end) => plain.endsWith(end));
  });
}

/** Names are short. What is longer is none, and not looked through. */
const mostCharacters = 120;

const secretWords: ReadonlySet<string> = new Set([
  ...[
    'auth',
    'authentication',
    'authorization',
    'bearer',
    'credential',
    'credentials',
    'csrf',
    'jwt',
    'key',
    'otp',
  ],
  ...[
    'pass',
    'passcode',
    'passphrase',
    'passwd',
    'password',
    'pwd',
    'secret',
    'secrets',
    'session',
    'sid',
    'sig',
  ],
  ...['signature', 'token', 'xsrf'],
]);

/** Words that were written together: `accesstoken`, `PHPSESSID`, `OPENAI_APIKEY`. `monkey` ends in none of them. */
const joinedEnds: readonly string[] = [
  ...['token', 'secret', 'password', 'passwd', 'passphrase', 'credential', 'credentials', 'signature', 'jwt'],
  ...['apikey', 'accesskey', 'authkey', 'privatekey', 'secretkey', 'sessionid', 'sessid', 'sessionkey'],
];

/** What comes last says that it is about one and none itself: `token_type`, `X-Token-Count`, `session_timeout`. */
const aboutASecret: ReadonlySet<string> = new Set([
  ...[
    'alg',
    'algorithm',
    'count',
    'counts',
    'expires',
    'expiry',
    'frame',
    'frames',
    'length',
    'limit',
    'method',
  ],
  ...['name', 'names', 'remaining', 'reset', 'size', 'timeout', 'ttl', 'type', 'usage', 'version'],
]);

const codesOf: ReadonlySet<string> = new Set([
  'auth',
  'authorization',
  'device',
  'otp',
  'user',
  'verification',
]);

/** Words joined by hyphens. They hold such a word and are no secret, and help to find a fault. */
const exceptions: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'cache-key',
  'foreign-key',
  'idempotency-key',
  'partition-key',
  'primary-key',
  'sort-key',
  'surrogate-key',
  'x-cache-key',
  'x-idempotency-key',
]);
