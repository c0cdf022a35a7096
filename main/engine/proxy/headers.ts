import type { HeaderRule } from '../../../shared/model/headers.ts';
import type { Route } from '../../../shared/model/service.ts';
import { type CookieJar, localCookies, serviceCookies } from './cookies.ts';
import { trimmed } from './wire/fields.ts';

export interface Upstream {
  readonly route: Route;
  /** Where the request really goes. */
  readonly origin: string;
  /** What the service shall take for its own address. */
  readonly seenAs: string;
  readonly ca?: string;
}

/** What the headers of one service on one connection depend on. */
export interface HeaderContext {
  readonly upstream: Upstream;
  /** The address in the browser: `http://gradio.localhost:7700`. */
  readonly localOrigin: string;
  readonly rules: ReadonlySet<HeaderRule>;
  readonly jar: CookieJar;
  /** Value of an Authorization header for requests that bring none. */
  readonly authorization?: string;
  /** Opens the gate in front of the service; it stays with the gate. */
  readonly gateKey?: string;
}

/** Belong to one connection only (RFC 9110 §7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/**
 * What a message cannot be read without, or would be something else without. A `Connection` that names one of them is
 * obeyed by nobody: a body that went on without its length would be the next request (RFC 9110 §7.6.1 forbids it).
 */
const endToEnd: ReadonlySet<string> = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'cookie',
  'host',
  'origin',
  'set-cookie',
]);

/**
 * Said of a host, kept by a browser for long and for every port: at a local name they would lead away from this proxy,
 * and forbid plain HTTP to whatever is developed under it (RFC 6797 §6.1, RFC 7838 §3).
 */
const notForLocalNames: ReadonlySet<string> = new Set([
  'alt-svc',
  'expect-ct',
  'public-key-pins',
  'public-key-pins-report-only',
  'strict-transport-security',
]);

/** Tells a person with the developer tools open which way an answer came. */
const routeHeader = 'x-gearway-route';

/**
 * Headers on the way up, in the order and spelling of the client; pairs as in Node's `rawHeaders`. Behind a tunnel
 * the service sees its own loopback address, as with `ssh -L`: Jupyter compares Origin with Host, Ollama answers
 * local Hosts only; the forwarded headers tell Gradio the address in the browser. On the public route it sees the
 * mapping's address and no trace of this machine. Framing and connection headers are left to whoever sends.
 */
export function upstreamHeaders(raw: readonly string[], context: HeaderContext): string[] {
  const { upstream, localOrigin, rules } = context;
  const named = connectionNamed(raw);
  const forwards = rules.has('forwarded') && upstream.route === 'tunnel';
  const out: string[] = [];
  let authorized = false;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (isOfConnection(lower, named)) continue;
    if (forwards && forwardedHeaders.has(lower)) continue;
    if (lower === 'authorization') authorized = true;
    if (lower === 'host' && (rules.has('host') || upstream.route === 'public')) {
      out.push(name, new URL(upstream.seenAs).host);
    } else if (lower === 'origin' && rules.has('origin') && value === localOrigin) {
      out.push(name, upstream.seenAs);
    } else if (lower === 'referer' && rules.has('origin') && value.startsWith(`${localOrigin}/`)) {
      out.push(name, upstream.seenAs + value.slice(localOrigin.length));
    } else if (lower === 'cookie' && rules.has('cookies')) {
      const cookies = serviceCookies(value, context.jar);
      if (cookies !== '') out.push(name, cookies);
    } else out.push(name, value);
  }
  if (forwards) {
    const { protocol, host } = new URL(localOrigin);
    out.push('x-forwarded-host', host, 'x-forwarded-proto', protocol.slice(0, -1));
    out.push('x-forwarded-for', '127.0.0.1');
  }
  if (context.gateKey !== undefined) out.push('x-gearway-key', context.gateKey);
  if (context.authorization !== undefined && !authorized) out.push('authorization', context.authorization);
  return out;
}

const forwardedHeaders: ReadonlySet<string> = new Set([
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-for',
]);

/** Headers whose value is one address. */
const addressHeaders: ReadonlySet<string> = new Set(['location', 'content-location']);

/**
 * Headers of an answer as the browser gets them, in the order and spelling of the service: addresses of the service's
 * own lead to the local one, cookies belong to the local name, and the route is told.
 */
export function answerHeaders(raw: readonly string[], context: HeaderContext): string[] {
  const { rules } = context;
  const named = connectionNamed(raw);
  const out: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (isOfConnection(lower, named) || notForLocalNames.has(lower)) continue;
    if (rules.has('redirects') && addressHeaders.has(lower)) out.push(name, localAddress(value, context));
    else if (rules.has('redirects') && lower === 'refresh') out.push(name, localRefresh(value, context));
    else if (rules.has('redirects') && lower === 'link') out.push(name, localLinks(value, context));
    else if (rules.has('origin') && lower === 'access-control-allow-origin')
      out.push(name, value === context.upstream.seenAs ? context.localOrigin : value);
    else if (rules.has('cookies') && lower === 'set-cookie')
      for (const cookie of localCookies(value, context.jar)) out.push(name, cookie);
    else out.push(name, value);
  }
  out.push(routeHeader, context.upstream.route);
  return out;
}

/** Headers of what comes before an answer, early hints for one: they tell no route. */
export const hintHeaders = (raw: readonly string[], context: HeaderContext): string[] =>
  answerHeaders(raw, context).slice(0, -2);

const isOfConnection = (lower: string, named: ReadonlySet<string>): boolean =>
  hopByHop.has(lower) || lower === routeHeader || (named.has(lower) && !endToEnd.has(lower));

/** `5; url=http://…`: what stands after `url=` up to a space, a quote or a semicolon. */
function localRefresh(value: string, context: HeaderContext): string {
  const found = /\burl[ \t]*=[ \t]*["']?/i.exec(value);
  if (found === null) return value;
  const start = found.index + found[0].length;
  const length = value.slice(start).search(/["' \t;]/);
  const end = length < 0 ? value.length : start + length;
  return value.slice(0, start) + localAddress(value.slice(start, end), context) + value.slice(end);
}

/** `<http://…>; rel=next, …`: what stands between angle brackets. */
function localLinks(value: string, context: HeaderContext): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = value.indexOf('<', at);
    const close = open < 0 ? -1 : value.indexOf('>', open);
    if (close < 0) return out + value.slice(at);
    out += `${value.slice(at, open + 1)}${localAddress(value.slice(open + 1, close), context)}>`;
    at = close + 1;
  }
}

const noNames: ReadonlySet<string> = new Set();

function connectionNamed(raw: readonly string[]): ReadonlySet<string> {
  let named: Set<string> | undefined;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== 'connection') continue;
    for (const token of (raw[index + 1] ?? '').split(',')) {
      named ??= new Set();
      named.add(trimmed(token).toLowerCase());
    }
  }
  return named ?? noNames;
}

/**
 * An address of the service's own as the local one. Its scheme says nothing: behind HTTPS that ends elsewhere, services
 * name themselves with either.
 */
function localAddress(address: string, { upstream, localOrigin }: HeaderContext): string {
  const found = /^(?:https?:)?\/\/([^/?#]*)/i.exec(address);
  const host = found?.[1]?.toLowerCase();
  if (found === null || host === undefined) return address;
  const isOwn = [upstream.seenAs, upstream.origin].some((origin) => new URL(origin).host === host);
  return isOwn ? localOrigin + address.slice(found[0].length) : address;
}
