import { createHash } from 'node:crypto';
import { trimmed } from './wire/fields.ts';

/** Where cookies of one service live in the client. */
export interface CookieJar {
  /** The address in the browser. */
  readonly localOrigin: string;
  /**
   * Stands before the names of its cookies where other services have the same host: cookies ignore ports (RFC 6265 §8.5).
   * Absent under a name of its own, which keeps them apart by itself.
   */
  readonly prefix?: string;
}

/** All that begins so was named here, for one service or another. */
const named = /^(__(?:host|secure)-)?gw-[0-9a-f]{8}-/i;

/** The jar of a service at an address: only names before `.localhost` are its own. */
export function jarOf(serviceId: string, localOrigin: string): CookieJar {
  const isOwnName = /^https?:\/\/[^/:]+\.localhost(?::|$)/.test(localOrigin);
  if (isOwnName) return { localOrigin };
  const mark = createHash('sha256').update(serviceId).digest('hex').slice(0, 8);
  return { localOrigin, prefix: `gw-${mark}-` };
}

/**
 * A cookie for the local address alone, as one or two fields. A domain that it was meant for would make the browser
 * drop it, and one for `localhost` would show it to every other service. `Secure` goes where the local address is
 * plain HTTP (curl and Safari would not send the cookie back), unless the name or `SameSite=None` needs it
 * (RFC 6265bis §4.1.3, §5.6). Where services share a host, cookies that no script reads (logins) get a name for each
 * service; those that scripts look up by name, such as Jupyter's `_xsrf`, keep theirs.
 */
export function localCookies(cookie: string, { localOrigin, prefix }: CookieJar): readonly string[] {
  const hostOnly = cookie.replace(/;[ \t]*domain[ \t]*=[^;]*/gi, '');
  const keepsSecure =
    localOrigin.startsWith('https:') ||
    /^[ \t]*__(?:host|secure)-/i.test(hostOnly) ||
    /;[ \t]*(?:samesite[ \t]*=[ \t]*none|partitioned)/i.test(hostOnly);
  const local = keepsSecure ? hostOnly : hostOnly.replace(/;[ \t]*secure(?=[ \t]*(?:;|$))/gi, '');
  if (prefix === undefined) return [local];
  const own = local.replace(/^[ \t]*(__(?:host|secure)-)?/i, (start) => `${trimmed(start)}${prefix}`);
  if (/;[ \t]*httponly[ \t]*(?:;|$)/i.test(local)) return [own];
  // Who takes a cookie back often forgets to say what it was.
  return endsAtOnce(local) ? [local, own] : [local];
}

/** The cookies that the service gets of those that the client sent; empty where none of them is its own. */
export function serviceCookies(sent: string, { prefix }: CookieJar): string {
  if (prefix === undefined) return sent;
  const kept = sent.split(';').flatMap((one) => {
    const cookie = trimmed(one);
    const start = named.exec(cookie);
    if (start === null) return [cookie];
    const [all, special = ''] = start;
    return all === special + prefix ? [special + cookie.slice(all.length)] : [];
  });
  return kept.join('; ');
}

const endsAtOnce = (cookie: string): boolean => {
  const age = /;[ \t]*max-age[ \t]*=[ \t]*"?(-?\d+)/i.exec(cookie)?.[1];
  if (age !== undefined) return Number(age) <= 0;
  const end = /;[ \t]*expires[ \t]*=[ \t]*([^;]+)/i.exec(cookie)?.[1];
  return end !== undefined && Date.parse(end) < Date.parse('2000-01-01');
};
