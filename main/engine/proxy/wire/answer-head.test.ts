import { describe, expect, it } from 'vitest';
import { readAnswerHead } from './answer-head.ts';

const head = (...lines: string[]) => readAnswerHead(lines.join('\r\n'), 'other');

describe('the head of an answer', () => {
  it.each<[string, string[], object]>([
    [
      'a length',
      ['HTTP/1.1 200 OK', 'Content-Length: 5'],
      { framing: { kind: 'length', bytes: 5 }, persistent: true },
    ],
    [
      'chunks',
      ['HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'],
      { framing: { kind: 'chunked' }, persistent: true },
    ],
    ['neither', ['HTTP/1.1 200 OK', 'X: y'], { framing: { kind: 'close' }, persistent: false }],
    ['no fields', ['HTTP/1.1 200 OK'], { framing: { kind: 'close' }, fields: [] }],
    ['no reason', ['HTTP/1.1 200', 'Content-Length: 0'], { status: 200, reason: '' }],
    ['a space for a reason', ['HTTP/1.1 200 ', 'Content-Length: 0'], { status: 200, reason: '' }],
    ['an unknown status', ['HTTP/1.1 799 Own', 'Content-Length: 0'], { status: 799, reason: 'Own' }],
    ['204', ['HTTP/1.1 204 No Content'], { framing: { kind: 'none' }, persistent: true }],
    ['204 and a length', ['HTTP/1.1 204 x', 'Content-Length: 5', 'A: b'], { fields: ['A', 'b'] }],
    ['304 with a length', ['HTTP/1.1 304 Not Modified', 'Content-Length: 9'], { framing: { kind: 'none' } }],
    ['close', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Connection: x, Close'], { persistent: false }],
    ['HTTP/1.0', ['HTTP/1.0 200 OK', 'Content-Length: 5'], { persistent: false }],
    [
      'chunks in HTTP/1.0',
      ['HTTP/1.0 200 OK', 'Transfer-Encoding: chunked'],
      { framing: { kind: 'chunked' }, persistent: false },
    ],
    [
      'bare line feeds',
      ['HTTP/1.1 200 OK\nX: y\nContent-Length: 5'],
      { fields: ['X', 'y', 'Content-Length', '5'] },
    ],
    [
      'the same length twice',
      ['HTTP/1.1 200 OK', 'Content-Length: 5', 'A: b', 'content-length: 5'],
      { framing: { kind: 'length', bytes: 5 }, fields: ['Content-Length', '5', 'A', 'b'] },
    ],
    [
      'a list of one length',
      ['HTTP/1.1 200 OK', 'Content-Length: 5, 5'],
      { fields: ['Content-Length', '5'] },
    ],
    [
      'a space before the colon',
      ['HTTP/1.1 200 OK', 'Content-Length : 5'],
      { framing: { kind: 'length', bytes: 5 } },
    ],
    [
      'a folded line',
      ['HTTP/1.1 200 OK', 'X: a', '  b', '\tc', 'Y: d'],
      { fields: ['X', 'a b c', 'Y', 'd'] },
    ],
    [
      'chunks beside a length',
      ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked', 'X: y'],
      { framing: { kind: 'chunked' }, fields: ['Transfer-Encoding', 'chunked', 'X', 'y'], persistent: false },
    ],
    [
      'another coding before the chunks',
      ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked'],
      { framing: { kind: 'chunked', coding: 'gzip, chunked' }, persistent: true },
    ],
    [
      'a coding that is none',
      ['HTTP/1.1 200 OK', 'Transfer-Encoding: identity', 'Content-Length: 5'],
      { framing: { kind: 'length', bytes: 5 } },
    ],
    ['escapes in a reason', ['HTTP/1.1 500 \x1b[31mboom'], { reason: '\x1b[31mboom' }],
    ['UTF-8 in a reason', ['HTTP/1.1 200 \xe4\xbd\xa0\xa0'], { reason: '\xe4\xbd\xa0\xa0' }],
    ['a value that ends in A0', ['HTTP/1.1 200 OK', 'X: \xc3\xa0'], { fields: ['X', '\xc3\xa0'] }],
    ['escapes in a value', ['HTTP/1.1 200 OK', 'X: a\x1b\x07b'], { fields: ['X', 'a\x1b\x07b'] }],
    [
      'how long it is kept',
      ['HTTP/1.1 200 OK', 'Content-Length: 0', 'Keep-Alive: max=9, timeout=5'],
      { keepsFor: 5 },
    ],
  ])('with %s is read', (_name, lines, expected) => {
    expect(head(...lines)).toMatchObject(expected);
  });

  it('of HEAD has no body, whatever its length', () => {
    expect(readAnswerHead('HTTP/1.1 200 OK\r\nContent-Length: 5', 'HEAD')?.framing).toEqual({ kind: 'none' });
  });

  it.each([
    [['SSH-2.0-OpenSSH_9.2']],
    [['HTTP/2 200 OK']],
    [['HTTP/1.1 20 OK']],
    [['HTTP/1.1 2000 OK']],
    [['HTTP/1.1 200OK']],
    [['HTTP/1.1']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5, 6']],
    [['HTTP/1.1 200 OK', 'Content-Length: +5']],
    [['HTTP/1.1 200 OK', 'Content-Length: ']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked, gzip']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked, chunked']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    [['HTTP/1.1 200 OK', ' folded']],
    [['HTTP/1.1 200 OK', 'X']],
    [['HTTP/1.1 200 OK', ': x']],
    [['HTTP/1.1 200 OK', 'X Y: z']],
    [['HTTP/1.1 200 OK', 'X: a\0b']],
    [['HTTP/1.1 200 OK', 'X: a\rSet-Cookie: b']],
    [['HTTP/1.1 200 a\rb']],
    [['']],
  ])('%j is not believed', (lines) => {
    expect(head(...lines)).toBeUndefined();
  });
});
