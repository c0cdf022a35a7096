import { type Fields, hasToken, readLenientFields } from './fields.ts';

/** Where the body of an answer ends (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  /** `coding`: as the service named it, where there is more to it than chunks. */
  | { readonly kind: 'chunked'; readonly coding?: string }
  | { readonly kind: 'close' };

export interface AnswerHead {
  readonly status: number;
  /** Bytes as Latin-1, as they came. */
  readonly reason: string;
  /** As they came, without lengths that say nothing (twice the same, or where no body can be). */
  readonly fields: Fields;
  readonly framing: Framing;
  /** The connection may carry another request afterwards. */
  readonly persistent: boolean;
  /** After how many seconds the service closes an idle connection, where it says so (`Keep-Alive: timeout=5`). */
  readonly keepsFor: number | undefined;
}

/** What of a request decides about the answer's body. */
export type AskedMethod = 'HEAD' | 'other';

const space = 32;

/**
 * Reads the head of an answer, without the empty line. It is taken as curl and nginx take it. `undefined` for what could
 * be framed in two ways or is no HTTP/1: such an upstream is not to be believed.
 */
export function readAnswerHead(text: string, method: AskedMethod): AnswerHead | undefined {
  const found = text.indexOf('\n');
  const next = found < 0 ? text.length : found;
  const end = found > 0 && text.charCodeAt(found - 1) === 13 ? found - 1 : next;
  const minor = text.charCodeAt(7) - 48;
  if (!text.startsWith('HTTP/1.') || (minor !== 0 && minor !== 1) || text.charCodeAt(8) !== space)
    return undefined;
  const status = statusAt(text, 9);
  if (status === undefined || end < 12 || (end > 12 && text.charCodeAt(12) !== space)) return undefined;
  const reason = text.slice(13, Math.max(13, end));
  if (neverInALine.test(reason)) return undefined;
  const all = readLenientFields(text, next + 1);
  if (all === undefined) return undefined;

  let length: string | undefined;
  let coding: string | undefined;
  let isListed = false;
  let connection = '';
  let keepsFor: number | undefined;
  for (let index = 0; index + 1 < all.length; index += 2) {
    const name = all[index] ?? '';
    // Few names are as long as these; only they decide about framing.
    if (name.length === 14 && name.toLowerCase() === 'content-length') {
      const [first = '', ...others] = (all[index + 1] ?? '').split(',').map((one) => one.trim());
      if (others.length > 0 || length !== undefined) isListed = true;
      // The same length twice is one length (RFC 9110 §8.6); two of them are none.
      if (others.some((one) => one !== first) || (length !== undefined && length !== first)) return undefined;
      length = first;
    } else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      if (coding !== undefined) return undefined;
      coding = (all[index + 1] ?? '').toLowerCase();
    } else if (name.length === 10) {
      const lower = name.toLowerCase();
      if (lower === 'connection') connection += `,${all[index + 1]}`;
      else if (lower === 'keep-alive') keepsFor = timeoutIn(all[index + 1] ?? '');
    }
  }
  if (coding === 'identity') coding = undefined;
  const framing = framingOf(status, method, length, coding);
  if (framing === undefined) return undefined;
  // Chunks stand over a length beside them, and such a connection is not used again (RFC 9112 §6.3).
  const hasNoLength = status === 204 || status < 200 || coding !== undefined;
  return {
    status,
    reason,
    fields:
      isListed || (hasNoLength && length !== undefined)
        ? oneLength(all, hasNoLength ? undefined : length)
        : all,
    framing,
    // A coding in HTTP/1.0 is faulty framing: taken, and the connection left after it (RFC 9112 §6.1).
    persistent:
      minor === 1 &&
      (coding === undefined || length === undefined) &&
      framing.kind !== 'close' &&
      (connection === '' || !hasToken(connection, 'close')),
    keepsFor,
  };
}

const neverInALine = /[\0\r]/;
const decimal = /^\d{1,15}$/;

function statusAt(text: string, at: number): number | undefined {
  let status = 0;
  for (let index = at; index < at + 3; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    status = status * 10 + digit;
  }
  return status < 100 ? undefined : status;
}

function framingOf(
  status: number,
  method: AskedMethod,
  length: string | undefined,
  coding: string | undefined,
): Framing | undefined {
  if (length !== undefined && !decimal.test(length)) return undefined;
  const codings = coding?.split(',').map((one) => one.trim());
  // Chunks come last and once, or nobody knows where the body ends.
  if (codings !== undefined && codings.indexOf('chunked') !== codings.length - 1) return undefined;
  if (method === 'HEAD' || status === 204 || status === 304 || status < 200) return { kind: 'none' };
  if (coding !== undefined) return coding === 'chunked' ? { kind: 'chunked' } : { kind: 'chunked', coding };
  if (length !== undefined) return { kind: 'length', bytes: Number(length) };
  return { kind: 'close' };
}

/** The fields with this length alone, where the first one stood. */
function oneLength(fields: Fields, length: string | undefined): Fields {
  let wanted = length;
  const kept: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? '';
    if (name.length !== 14 || name.toLowerCase() !== 'content-length')
      kept.push(name, fields[index + 1] ?? '');
    else if (wanted !== undefined) {
      kept.push(name, wanted);
      wanted = undefined;
    }
  }
  return kept;
}

function timeoutIn(value: string): number | undefined {
  for (const part of value.split(',')) {
    const [name = '', seconds = ''] = part.split('=');
    if (name.trim().toLowerCase() === 'timeout' && decimal.test(seconds.trim()))
      return Number(seconds.trim());
  }
  return undefined;
}
