import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '../../../shared/model/service.ts';

export interface Upstream {
  readonly route: Route;
  /** Where the request really goes. */
  readonly origin: string;
  /** What the service shall take for its own address. */
  readonly seenAs: string;
}

/**
 * Headers that differ on the way up. Behind a tunnel the service sees its own loopback address, as with `ssh -L`:
 * Jupyter compares Origin with Host, Ollama answers local Hosts only; the forwarded headers tell Gradio the address
 * in the browser. On the public route it sees the mapping's address and no trace of this machine.
 */
export function upstreamHeaders(
  headers: IncomingHttpHeaders,
  upstream: Upstream,
): Record<string, string | undefined> {
  const asked = `http://${headers.host ?? ''}`;
  const own = upstream.seenAs;
  const changed: Record<string, string | undefined> = { host: new URL(own).host };
  if (headers.origin === asked) changed.origin = own;
  if (headers.referer?.startsWith(`${asked}/`) === true)
    changed.referer = own + headers.referer.slice(asked.length);
  const forwarded = {
    'x-forwarded-host': headers.host,
    'x-forwarded-proto': 'http',
    'x-forwarded-for': '127.0.0.1',
  };
  return { ...changed, ...(upstream.route === 'tunnel' ? forwarded : {}) };
}

/** Belong to one connection only (RFC 9110 §7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Headers of an answer as the browser gets them, in the order and spelling of the service: redirects to the service's
 * own address lead to the local one, cookies lose the domain that they were meant for, and the route is told.
 */
export function answerHeaders(raw: readonly string[], upstream: Upstream, localOrigin: string): string[] {
  const named = connectionNamed(raw);
  const out: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || named.has(lower) || lower === routeHeader) continue;
    if (lower === 'location') out.push(name, localLocation(value, upstream, localOrigin));
    else if (lower === 'set-cookie') out.push(name, value.replace(/;\s*domain=[^;]*/gi, ''));
    else out.push(name, value);
  }
  return [...out, routeHeader, upstream.route];
}

/** Tells a person with the developer tools open which way an answer came. */
export const routeHeader = 'x-gearway-route';

const connectionNamed = (raw: readonly string[]): ReadonlySet<string> =>
  new Set(
    raw.flatMap((name, index) =>
      index % 2 === 0 && name.toLowerCase() === 'connection'
        ? (raw[index + 1] ?? '').split(',').map((token) => token.trim().toLowerCase())
        : [],
    ),
  );

function localLocation(location: string, upstream: Upstream, localOrigin: string): string {
  for (const origin of [upstream.seenAs, upstream.origin]) {
    if (location === origin) return localOrigin;
    if (location.startsWith(`${origin}/`) || location.startsWith(`${origin}?`))
      return localOrigin + location.slice(origin.length);
  }
  return location;
}
