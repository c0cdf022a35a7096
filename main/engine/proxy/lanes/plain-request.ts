/** A request that can be framed at a glance: `GET` or `HEAD`, no body, nothing special asked of the connection. */
interface PlainRequest {
  readonly method: 'GET' | 'HEAD';
  /** As it was sent, with its query. */
  readonly path: string;
  /** Everything after the first line, without the empty one at the end. */
  readonly rest: string;
}

/** More than this is left to Node's parser, which has the limits. */
const mostBytes = 8 * 1024;
const firstLine = /^(GET|HEAD) (\/[\x21-\x7e]*) HTTP\/1\.1$/;

/**
 * Reads a chunk that is exactly one whole plain request. `undefined` for everything else: half a head, two requests,
 * a body, anything unusual. Nothing is refused here; what is not plain goes to the strict parser unread.
 */
export function readPlainRequest(chunk: Buffer): PlainRequest | undefined {
  const { length } = chunk;
  if (length > mostBytes || length < 18) return undefined;
  // Only a chunk that begins with G or H and ends with an empty line can be one.
  const first = chunk[0];
  if ((first !== 71 && first !== 72) || chunk[length - 1] !== 10 || chunk[length - 3] !== 10)
    return undefined;
  const text = chunk.toString('latin1');
  if (text.indexOf('\r\n\r\n') !== length - 4) return undefined;
  const end = text.indexOf('\r\n');
  const line = firstLine.exec(text.slice(0, end));
  if (line === null) return undefined;
  return {
    method: line[1] === 'HEAD' ? 'HEAD' : 'GET',
    path: line[2] ?? '/',
    rest: text.slice(end + 2, length - 4),
  };
}

/** A token, then a colon at once, then visible characters, spaces, tabs and what Latin-1 adds (RFC 9112 §5). */
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

/** What asks for more than one question and one answer, or could be framed in another way. */
const special: ReadonlySet<string> = new Set([
  'content-length',
  'expect',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The header fields of a plain request as pairs; `undefined` where one of them is not plain. */
export function readPlainFields(rest: string): readonly string[] | undefined {
  const raw: string[] = [];
  let hosts = 0;
  for (const line of rest.split('\r\n')) {
    const found = field.exec(line);
    if (found === null) return undefined;
    const [, name = '', value = ''] = found;
    const lower = name.toLowerCase();
    if (special.has(lower)) return undefined;
    if (lower === 'connection' && !/^(?:keep-alive|close)$/i.test(value)) return undefined;
    if (lower === 'host') hosts += 1;
    raw.push(name, value);
  }
  return hosts === 1 ? raw : undefined;
}

/** Whether the client wants its connection closed after the answer (RFC 9112 §9.6). */
export function asksToClose(fields: readonly string[]): boolean {
  for (let index = 0; index + 1 < fields.length; index += 2)
    if (fields[index]?.toLowerCase() === 'connection' && fields[index + 1]?.toLowerCase() === 'close')
      return true;
  return false;
}
