import { domainToASCII } from 'node:url';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { Secret } from '../base/secret.ts';

/**
 * Reads an origin as typed or copied from the address bar: a missing scheme means HTTPS (HTTP on loopback), path,
 * query and blanks are dropped. Errors: `origin_invalid`, also for one that carries a user name or password.
 */
export function readOrigin(typed: string): Result<string> {
  const refused = fail('origin_invalid', { field: 'origin' });
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return refused;
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`;
  if (!URL.canParse(withScheme)) return refused;
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused;
  if (url.username !== '' || url.password !== '' || !isHost(url.hostname)) return refused;
  return ok(url.origin);
}

const schemeFor = (text: string): string =>
  /^(?:localhost|[^/:]+\.localhost|127\.[0-9.]+|\[::1\])(?:[:/?#]|$)/i.test(text) ? 'http' : 'https';

/** A host name of at least one label, an IPv4 address or an IPv6 address in brackets. */
const isHost = (host: string): boolean => host.startsWith('[') || isDomain(host);

const isDomain = (name: string): boolean =>
  name.length <= 253 &&
  name.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));

/**
 * Reads the base domain of public addresses as typed (`gear.example`, `*.gear.example`, `https://gear.example/`).
 * It cannot be guessed from a private origin. Errors: `domain_invalid`.
 */
export function readDomain(typed: string): Result<string> {
  const bare = typed
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^\*?\./, '')
    .replace(/\.?\/?$/, '');
  const domain = domainToASCII(bare);
  const valid =
    domain !== '' && /^[^\s/?#:@\\]+$/.test(bare) && isDomain(domain) && !/^[0-9.]+$/.test(domain);
  return valid ? ok(domain) : fail('domain_invalid', { field: 'domain' });
}

/**
 * Reads a token as pasted: blanks, line breaks, quotes and a leading `Authorization:` or `Bearer` are no part of it.
 * Errors: `token_missing` where nothing is left, `token_refused` where what is left cannot stand in a header.
 */
export function readToken(typed: string): Result<Secret> {
  const text = typed
    .replace(/[\s\u200b-\u200d\ufeff]+/g, ' ')
    .trim()
    .replace(/^["'`]+|["'`]+$/g, '')
    .trim()
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^bearer(?:\s+|$)/i, '')
    .replace(/["'`]/g, '')
    // A terminal or a mail breaks a long token into lines; no token holds a blank.
    .replaceAll(' ', '');
  if (text === '') return fail('token_missing', { field: 'token' });
  if (!/^[\x21-\x7e]+$/.test(text)) return fail('token_refused', { field: 'token' });
  return ok(new Secret(text));
}
