/** How a service's answer is to be carried. */
interface AnswerCase {
  readonly name: string;
  /** Every byte that the service says, Latin-1. */
  readonly answer: string;
  /** The service ends its connection afterwards. */
  readonly ends?: boolean;
  /**
   * `passes`: status line, fields and body as the service said them. `cut`: so too, and then the connection breaks.
   * `refused`: it could be taken in two ways, or is no HTTP: 502 with a sentence.
   */
  readonly outcome: 'passes' | 'cut' | 'refused';
  /** The body as a client has it, where it is not what follows the head. */
  readonly body?: string;
  /** Fields of the service's that do not cross, lower case. */
  readonly without?: readonly string[];
  /** Nobody can know where it ends: refused, although others guess (RFC 9112 §6.3). */
  readonly isGuesswork?: true;
  /** Curl or nginx take it too; `no` where both refuse, or one of them. */
  readonly peers?: 'no';
}

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
/** All that may stand in a line: a NUL, a return and a line feed may not. */
const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1), 127).replace(
  /[\r\n]/g,
  '',
);
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/**
 * Answers as services really give them, kind by kind. Every method gets each of them in the same way, and the service is
 * asked once.
 */
export const answerCases: readonly AnswerCase[] = [
  { name: 'a length', answer: `${ok}Content-Length: 5\r\nX-Own: 1\r\n\r\nhello`, outcome: 'passes' },
  { name: 'the end of the connection', answer: `${ok}X: y\r\n\r\nhello`, ends: true, outcome: 'passes' },
  { name: 'no fields at all', answer: `${ok}\r\nhello`, ends: true, outcome: 'passes' },
  { name: 'no body', answer: `${ok}Content-Length: 0\r\n\r\n`, outcome: 'passes' },
  { name: 'HTTP/1.0', answer: 'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello', outcome: 'passes' },
  { name: 'chunks', answer: `${chunked}5\r\nhello\r\n0\r\n\r\n`, outcome: 'passes', body: 'hello' },
  {
    name: 'chunk sizes padded with spaces',
    answer: `${chunked}5   \r\nhello\r\n0  \r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'chunk sizes padded with zeros',
    answer: `${chunked}0000000000000005\r\nhello\r\n000\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'chunk extensions',
    answer: `${chunked}5;a=b;c="d e"\r\nhello\r\n0;z\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'chunks by bare line feeds',
    answer: `${chunked}5\nhello\n0\n\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'trailers',
    answer: `${ok}Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 9\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'upper-case coding',
    answer: `${ok}TRANSFER-ENCODING: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'chunks in HTTP/1.0',
    answer: 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'a head by bare line feeds',
    answer: 'HTTP/1.1 200 OK\nContent-Length: 5\nX: y\n\nhello',
    outcome: 'passes',
  },
  {
    name: 'a head by mixed line ends',
    answer: 'HTTP/1.1 200 OK\r\nContent-Length: 5\nX: y\r\n\nhello',
    outcome: 'passes',
  },
  {
    name: 'the same length twice',
    answer: `${ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
    peers: 'no',
  },
  {
    name: 'one length as a list',
    answer: `${ok}Content-Length: 5, 5\r\n\r\nhello`,
    outcome: 'passes',
    without: ['content-length'],
    peers: 'no',
  },
  {
    name: 'a space before the colon',
    answer: `${ok}Content-Length : 5\r\nX : y\r\n\r\nhello`,
    outcome: 'passes',
    peers: 'no',
  },
  {
    name: 'a folded field',
    answer: `${ok}Content-Length: 5\r\nX: a\r\n  b\r\n\r\nhello`,
    outcome: 'passes',
    without: ['x'],
    peers: 'no',
  },
  { name: 'a short length', answer: `${ok}Content-Length: 50\r\n\r\nhello`, ends: true, outcome: 'cut' },
  {
    name: 'chunks without their end',
    answer: `${chunked}5\r\nhello\r\n`,
    ends: true,
    outcome: 'cut',
    body: 'hello',
  },
  {
    name: 'a chunk size that is none',
    answer: `${chunked}5\r\nhello\r\nzz\r\n`,
    outcome: 'cut',
    body: 'hello',
  },
  {
    name: '204 with a body',
    answer: 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello',
    outcome: 'passes',
    body: '',
    without: ['content-length'],
  },
  { name: '204 alone', answer: 'HTTP/1.1 204 No Content\r\nX: y\r\n\r\n', outcome: 'passes' },
  {
    name: '304 with a length',
    answer: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: "a"\r\n\r\n',
    outcome: 'passes',
  },
  {
    name: 'more than the length',
    answer: `${ok}Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nevil`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'a head over 16 KB',
    answer: `${ok}Content-Length: 5\r\nX-Large: ${'x'.repeat(40_000)}\r\n\r\nhello`,
    outcome: 'passes',
    peers: 'no',
  },
  {
    name: 'three hundred fields',
    answer: `${ok}Content-Length: 5\r\n${Array.from({ length: 300 }, (_, index) => `X-${index}: ${index}\r\n`).join('')}\r\nhello`,
    outcome: 'passes',
    peers: 'no',
  },
  { name: 'an empty reason', answer: 'HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello', outcome: 'passes' },
  { name: 'no reason', answer: 'HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello', outcome: 'passes' },
  {
    name: 'UTF-8 in the reason',
    answer: utf8('HTTP/1.1 500 你好 à\r\nContent-Length: 5\r\n\r\nhello'),
    outcome: 'passes',
  },
  {
    name: 'an escape in the reason',
    answer: 'HTTP/1.1 500 \x1b[31mboom\r\nContent-Length: 5\r\n\r\nhello',
    outcome: 'passes',
  },
  {
    name: 'every control byte but three in the reason',
    answer: `HTTP/1.1 500 ${controls}\r\nContent-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'UTF-8 in fields',
    answer: utf8(
      `${ok}Content-Length: 5\r\nX-Name: 你好\r\nContent-Disposition: attachment; filename=报告.pdf\r\n\r\nhello`,
    ),
    outcome: 'passes',
  },
  {
    name: 'a value that ends in byte A0',
    answer: utf8(`${ok}Content-Length: 5\r\nX-A: à\r\nX-B: 你\r\n\r\nhello`),
    outcome: 'passes',
  },
  {
    name: 'UTF-8 in Location',
    answer: utf8('HTTP/1.1 302 Found\r\nContent-Length: 5\r\nLocation: /路径?q=值\r\n\r\nhello'),
    outcome: 'passes',
  },
  {
    name: 'bytes that are no text',
    answer: `${ok}Content-Length: 5\r\nX: \xff\xfe\x80\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'control bytes in values',
    answer: `${ok}Content-Length: 5\r\nX: a\x1b[0m\x07\x01\x7fb\r\nSet-Cookie: a=\x01b\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'empty values',
    answer: `${ok}Content-Length: 5\r\nX:\r\nLocation: \r\nLink:\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'the same field many times',
    answer: `${ok}Content-Length: 5\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX: 1\r\nX: 2\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'names that no token allows',
    answer: `${ok}Content-Length: 5\r\nX[]: 1\r\nX@Y: 2\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'a status of its own',
    answer: 'HTTP/1.1 799 Mine\r\nContent-Length: 5\r\n\r\nhello',
    outcome: 'passes',
  },
  {
    name: 'Connection that names the length',
    answer: `${ok}Connection: Content-Length, Content-Type\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: 'Connection that names a field',
    answer: `${ok}Connection: X-Hop\r\nX-Hop: 1\r\nContent-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
    without: ['x-hop'],
  },
  {
    name: 'words for HTTPS hosts',
    answer: `${ok}Strict-Transport-Security: max-age=9\r\nAlt-Svc: h3=":443"\r\nContent-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
    without: ['strict-transport-security', 'alt-svc'],
    peers: 'no',
  },
  {
    name: '102 before',
    answer: `HTTP/1.1 102 Processing\r\n\r\n${ok}Content-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: '103 with a Link that Node refuses',
    answer: `HTTP/1.1 103 Early Hints\r\nLink: \x01<<<, nonsense\r\n\r\n${ok}Content-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: '103 without fields, many times',
    answer: `${'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50)}${ok}Content-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: '103 by bare line feeds',
    answer: `HTTP/1.1 103 Early Hints\nX: y\n\n${ok}Content-Length: 5\r\n\r\nhello`,
    outcome: 'passes',
  },
  {
    name: '503 of its own',
    answer: 'HTTP/1.1 503 Busy\r\nContent-Length: 5\r\nRetry-After: 9\r\n\r\nhello',
    outcome: 'passes',
  },
  {
    name: '502 of its own',
    answer: 'HTTP/1.1 502 Mine\r\nContent-Length: 5\r\n\r\nhello',
    outcome: 'passes',
  },
  {
    name: 'trailers with control bytes',
    answer: `${chunked}5\r\nhello\r\n0\r\nX: \x01\xff\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
  },
  {
    name: 'two lengths',
    answer: `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
    outcome: 'refused',
    isGuesswork: true,
  },
  {
    name: 'a length and a coding',
    answer: `${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    outcome: 'passes',
    body: 'hello',
    without: ['content-length'],
  },
  {
    name: 'a coding behind the chunks',
    answer: `${ok}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
    outcome: 'refused',
    isGuesswork: true,
  },
  { name: 'a length with a sign', answer: `${ok}Content-Length: +5\r\n\r\nhello`, outcome: 'refused' },
  { name: 'a NUL in a value', answer: `${ok}Content-Length: 5\r\nX: a\0b\r\n\r\nhello`, outcome: 'refused' },
  {
    name: 'a NUL in the reason',
    answer: 'HTTP/1.1 200 O\0K\r\nContent-Length: 5\r\n\r\nhello',
    outcome: 'refused',
  },
  {
    name: 'a bare return in a value',
    answer: `${ok}Content-Length: 5\r\nX: a\rb\r\n\r\nhello`,
    outcome: 'refused',
  },
  {
    name: 'a line without a colon',
    answer: `${ok}Content-Length: 5\r\nnonsense\r\n\r\nhello`,
    outcome: 'refused',
  },
  { name: 'no HTTP', answer: 'SSH-2.0-OpenSSH_9.2\r\n', ends: true, outcome: 'refused' },
  { name: 'nothing', answer: '', ends: true, outcome: 'refused' },
  { name: 'half a head', answer: 'HTTP/1.1 200 OK\r\nContent-Le', ends: true, outcome: 'refused' },
  {
    name: 'a switch that nobody asked for',
    answer: 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    outcome: 'refused',
  },
  { name: 'HTTP/2', answer: 'HTTP/2 200 OK\r\n\r\n', ends: true, outcome: 'refused' },
  { name: 'a status of two digits', answer: 'HTTP/1.1 20 OK\r\n\r\n', ends: true, outcome: 'refused' },
];
