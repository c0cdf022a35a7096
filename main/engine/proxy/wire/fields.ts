/**
 * Fields of a head as bytes: Latin-1 text in which each character is one byte as it came. What a service says in UTF-8,
 * or in nothing at all, leaves as it entered. Pairs as in Node's `rawHeaders`.
 */
export type Fields = readonly string[];

const tab = 9;
const carriageReturn = 13;
const space = 32;
const colon = 58;

/** A token (RFC 9110 §5.6.2). */
export const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const neverInAValue = /[^\t\x20-\x7e\x80-\xff]/;
const neverInALine = /[\0\r]/;
const neverInAName = /[\0-\x20\x7f]/;

/**
 * Fields of a request, from `start` on, without the empty line. `undefined` for whatever two readers could take in two
 * ways: bare line feeds, folded lines, control characters, spaces around names (RFC 9112 §5).
 */
export function readStrictFields(text: string, start: number): string[] | undefined {
  const fields: string[] = [];
  for (let at = start; at < text.length; ) {
    const found = text.indexOf('\r\n', at);
    const end = found < 0 ? text.length : found;
    const between = text.indexOf(':', at);
    if (between < 0 || between >= end) return undefined;
    const name = text.slice(at, between);
    const value = trimmed(text, between + 1, end);
    if (!token.test(name) || neverInAValue.test(value)) return undefined;
    fields.push(name, value);
    at = end + 2;
  }
  return fields;
}

/**
 * Fields of an answer, which is taken as curl and nginx take it: lines may end with a bare line feed, a value may hold
 * control characters, a folded line goes on after a space (RFC 9112 §5.2), and spaces before the colon go (§5.1).
 * `undefined` where a line has no name, or a NUL or a bare return in it.
 */
export function readLenientFields(text: string, start: number): string[] | undefined {
  const fields: string[] = [];
  /** Parts of a value that was folded: joined once, or thousands of folds would cost their square. */
  let folded: string[] | undefined;
  const unfold = () => {
    if (folded !== undefined) fields[fields.length - 1] = folded.filter((part) => part !== '').join(' ');
    folded = undefined;
  };
  for (let at = start; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const next = found < 0 ? text.length : found;
    const end = found > at && text.charCodeAt(found - 1) === carriageReturn ? found - 1 : next;
    const first = text.charCodeAt(at);
    if (first === space || first === tab) {
      if (fields.length === 0) return undefined;
      const part = trimmed(text, at, end);
      if (neverInALine.test(part)) return undefined;
      folded ??= [fields[fields.length - 1] ?? ''];
      folded.push(part);
    } else {
      unfold();
      const between = colonIn(text, at, end);
      if (between < 0) return undefined;
      const name = trimmed(text, at, between);
      const value = trimmed(text, between + 1, end);
      if (name === '' || neverInAName.test(name) || neverInALine.test(value)) return undefined;
      fields.push(name, value);
    }
    at = next + 1;
  }
  unfold();
  return fields;
}

/** Never looks beyond the line: a head of lines without a colon would cost the square of its length. */
function colonIn(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === colon) return at;
  return -1;
}

/** A part without the spaces and tabs around it, and with everything else: byte A0 ends characters of UTF-8. */
export function trimmed(text: string, start = 0, end = text.length): string {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

const isBlank = (code: number): boolean => code === space || code === tab;

/** Fields as they stand in a head. */
export function joined(fields: Fields): string {
  let text = '';
  for (let index = 0; index + 1 < fields.length; index += 2)
    text += `${fields[index]}: ${fields[index + 1]}\r\n`;
  return text;
}

/** The first value of a field, by its name in lower case. */
export function fieldOf(fields: Fields, wanted: string): string | undefined {
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] ?? '';
    if (name.length === wanted.length && name.toLowerCase() === wanted) return fields[index + 1];
  }
  return undefined;
}

/** Whether a list of tokens (`close, Upgrade`) has this one, lower case. */
export const hasToken = (list: string, wanted: string): boolean =>
  list.split(',').some((one) => trimmed(one).toLowerCase() === wanted);

/** Bytes of a head as people read them: UTF-8 where they are that, else byte by byte. */
export function readable(bytes: string): string {
  if (!beyondAscii.test(bytes)) return bytes;
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? bytes : text;
}

const beyondAscii = /[\x80-\xff]/;
