import type { HeaderRule } from '../../../shared/model/headers.ts';
import type { Route } from '../../../shared/model/service.ts';
import { type CookieJar, localCookies, serviceCookies } from './cookies.ts';

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
    if (hopByHop.has(lower) || named.has(lower) || lower === routeHeader) continue;
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
    if (hopByHop.has(lower) || named.has(lower) || lower === routeHeader) continue;
    if (rules.has('redirects') && addressHeaders.has(lower)) out.push(name, localAddress(value, context));
    else if (rules.has('redirects') && lower === 'refresh')
      out.push(
        name,
        value.replace(
          /(url\s*=\s*["']?)([^"'\s;]+)/i,
          (_, before, url) => before + localAddress(url, context),
        ),
      );
    else if (rules.has('redirects') && lower === 'link')
      out.push(
        name,
        value.replace(/<([^>]*)>/g, (_, url) => `<${localAddress(url, context)}>`),
      );
    else if (rules.has('origin') && lower === 'access-control-allow-origin')
      out.push(name, value === context.upstream.seenAs ? context.localOrigin : value);
    else if (rules.has('cookies') && lower === 'set-cookie')
      for (const cookie of localCookies(value, context.jar)) out.push(name, cookie);
    else out.push(name, value);
  }
  out.push(routeHeader, context.upstream.route);
  return out;
}

const noNames: ReadonlySet<string> = new Set();

function connectionNamed(raw: readonly string[]): ReadonlySet<string> {
  let named: Set<string> | undefined;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== 'connection') continue;
    for (const token of (raw[index + 1] ?? '').split(',')) {
      named ??= new Set();
      named.add(token.trim().toLowerCase());
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
