import type { IncomingMessage } from 'node:http';
import { upstreamHeaders } from '../headers.ts';
import type { ForwardOptions } from './attempt.ts';

/** Headers as http-proxy takes them for the way up, framing included. */
export function headersFor(
  request: IncomingMessage,
  { context }: ForwardOptions,
): IncomingMessage['headers'] {
  const headers = headersObject(upstreamHeaders(request.rawHeaders, context));
  if (rawHeader(request, 'transfer-encoding') !== undefined) headers['transfer-encoding'] = 'chunked';
  // http-proxy tells nothing of a request whose headers still say so: `carryExpectation` puts it back.
  delete headers.expect;
  // The one value that a proxy which keeps trailers may hand on (RFC 9110 §10.1.4).
  if (/\btrailers\b/i.test(rawHeader(request, 'te') ?? '')) headers.te = 'trailers';
  return headers;
}

/** From the head as it came: `request.headers` is replaced by what goes up. */
export function rawHeader(request: IncomingMessage, wanted: string): string | undefined {
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (raw[index]?.toLowerCase() === wanted) return raw[index + 1];
  return undefined;
}

/** Pairs as Node's client takes them: a name that came more than once has all its values. */
function headersObject(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const lower = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const before = headers[lower];
    // Cookies in several fields are one list (RFC 9113 §8.2.3); other fields stay apart.
    if (before === undefined) headers[lower] = value;
    else if (lower === 'cookie') headers[lower] = `${String(before)}; ${value}`;
    else headers[lower] = [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}

export const pairs = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : []));

export const hasBody = (request: IncomingMessage): boolean =>
  rawHeader(request, 'transfer-encoding') !== undefined ||
  Number(rawHeader(request, 'content-length') ?? 0) > 0;
