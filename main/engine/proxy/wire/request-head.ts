import { type Fields, hasToken, readStrictFields, token } from './fields.ts';

/** The first line of a request. */
export interface RequestLine {
  readonly method: string;
  /** As it was sent, with its query; bytes as Latin-1. */
  readonly target: string;
  readonly minor: 0 | 1;
}

/** Where the body of a request ends; one without a length has none (RFC 9112 §6.3). */
export type RequestFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' };

/** What the fields of a request say about its connection and its body. */
export interface RequestFacts {
  readonly fields: Fields;
  readonly host: string | undefined;
  readonly framing: RequestFraming;
  /** The client asks for nothing after this. */
  readonly isLast: boolean;
  /** It asks for a WebSocket, among other protocols or alone; the list as it was sent. */
  readonly upgrade: string | undefined;
}

/** Why a request is not carried: `bad` could be read in two ways; `target` asks for another server. */
export type Refused = 'bad' | 'target' | 'connect';

const mostMethod = 64;

/**
 * Reads the first line. Targets are paths, whatever bytes they hold besides spaces and controls: absolute ones would make
 * this an open proxy (RFC 9112 §3.2). Any method passes but CONNECT.
 */
export function readRequestLine(line: string): RequestLine | Refused {
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  if (first <= 0 || last <= first || first > mostMethod) return 'bad';
  const method = line.slice(0, first);
  const target = line.slice(first + 1, last);
  const version = line.slice(last + 1);
  if (!token.test(method) || (version !== 'HTTP/1.1' && version !== 'HTTP/1.0')) return 'bad';
  if (method === 'CONNECT') return 'connect';
  if (!target.startsWith('/')) return 'target';
  return neverInATarget.test(target) ? 'bad' : { method, target, minor: version === 'HTTP/1.0' ? 0 : 1 };
}

const neverInATarget = /[\0-\x20\x7f]/;

/**
 * Reads the fields that follow. Two Hosts, two lengths, a coding beside a length or one that the next hop might read in
 * another way are how requests are smuggled (RFC 9112 §6.1, §11.2): `bad`.
 */
export function readRequestFields(text: string, start: number, minor: 0 | 1): RequestFacts | 'bad' {
  const fields = readStrictFields(text, start);
  if (fields === undefined) return 'bad';
  let host: string | undefined;
  let length: string | undefined;
  let coding: string | undefined;
  let upgrade: string | undefined;
  let connection = '';
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const value = fields[index + 1] ?? '';
    switch ((fields[index] ?? '').toLowerCase()) {
      case 'host':
        if (host !== undefined) return 'bad';
        host = value;
        break;
      case 'content-length':
        if (length !== undefined) return 'bad';
        length = value;
        break;
      case 'transfer-encoding':
        if (coding !== undefined) return 'bad';
        coding = value;
        break;
      case 'connection':
        connection = connection === '' ? value : `${connection},${value}`;
        break;
      case 'upgrade':
        upgrade = upgrade === undefined ? value : `${upgrade}, ${value}`;
        break;
    }
  }
  if (host === undefined && minor === 1) return 'bad';
  if (coding !== undefined && (length !== undefined || minor === 0 || coding.toLowerCase() !== 'chunked'))
    return 'bad';
  if (length !== undefined && !decimal.test(length)) return 'bad';
  const bytes = Number(length ?? 0);
  const framing: RequestFraming =
    coding !== undefined ? { kind: 'chunked' } : bytes > 0 ? { kind: 'length', bytes } : { kind: 'none' };
  return {
    fields,
    host,
    framing,
    // HTTP/1.0 keeps connections only by an agreement that proxies get wrong (RFC 9112 §9.3).
    isLast: minor === 0 || hasToken(connection, 'close'),
    // Another protocol is only offered, never demanded (RFC 9110 §7.8).
    upgrade:
      upgrade !== undefined && hasToken(upgrade, 'websocket') && hasToken(connection, 'upgrade')
        ? upgrade
        : undefined,
  };
}

/** Fifteen digits are an exact number. */
const decimal = /^\d{1,15}$/;
