/** Where the body of an answer ends (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

export interface AnswerHead {
  readonly status: number;
  readonly reason: string;
  readonly rawHeaders: readonly string[];
  readonly framing: Framing;
  /** The connection may carry another request afterwards. */
  readonly persistent: boolean;
}

const statusLine = /^HTTP\/1\.([01]) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const forbidden = /[\0\r\n]/;

/**
 * Reads the head of an answer, without the empty line. `undefined` for what could be framed in two ways or is no
 * HTTP/1: such an upstream is not to be believed.
 */
export function readAnswerHead(text: string, method: 'GET' | 'HEAD'): AnswerHead | undefined {
  let at = text.indexOf('\r\n');
  const line = statusLine.exec(at < 0 ? text : text.slice(0, at));
  if (line === null) return undefined;
  const status = Number(line[2]);
  const rawHeaders: string[] = [];
  let length: string | undefined;
  let coding: string | undefined;
  let connection = '';
  while (at >= 0) {
    const start = at + 2;
    at = text.indexOf('\r\n', start);
    const end = at < 0 ? text.length : at;
    const colon = text.indexOf(':', start);
    if (colon < 0 || colon >= end) return undefined;
    const name = text.slice(start, colon);
    const value = text.slice(colon + 1, end).trim();
    if (!fieldName.test(name) || forbidden.test(value)) return undefined;
    rawHeaders.push(name, value);
    // Few names are as long as these; only they decide about framing.
    if (name.length === 14 && name.toLowerCase() === 'content-length') {
      if (length !== undefined) return undefined;
      length = value;
    } else if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') {
      if (coding !== undefined) return undefined;
      coding = value.toLowerCase();
    } else if (name.length === 10 && name.toLowerCase() === 'connection') {
      connection += `,${value.toLowerCase()}`;
    }
  }
  const framing = framingOf({ status, method, length, coding, minor: line[1] ?? '1' });
  if (framing === undefined) return undefined;
  return {
    status,
    reason: line[3] ?? '',
    rawHeaders,
    framing,
    persistent: line[1] === '1' && framing.kind !== 'close' && !/(?:^|,)\s*close\s*(?:,|$)/.test(connection),
  };
}

function framingOf(facts: {
  readonly status: number;
  readonly method: string;
  readonly length: string | undefined;
  readonly coding: string | undefined;
  readonly minor: string;
}): Framing | undefined {
  const { status, length, coding } = facts;
  if (length !== undefined && (coding !== undefined || !/^\d{1,15}$/.test(length))) return undefined;
  if (coding !== undefined && (coding !== 'chunked' || facts.minor === '0')) return undefined;
  if (facts.method === 'HEAD' || status === 204 || status === 304 || status < 200) return { kind: 'none' };
  if (coding !== undefined) return { kind: 'chunked' };
  if (length !== undefined) return { kind: 'length', bytes: Number(length) };
  return { kind: 'close' };
}
