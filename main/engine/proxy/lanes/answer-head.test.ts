import { describe, expect, it } from 'vitest';
import { readAnswerHead } from './answer-head.ts';

const head = (...lines: string[]) => readAnswerHead(lines.join('\r\n'), 'GET');

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
    ['no fields', ['HTTP/1.1 200 OK'], { framing: { kind: 'close' }, rawHeaders: [] }],
    ['no reason', ['HTTP/1.1 200', 'Content-Length: 0'], { status: 200, reason: '' }],
    ['204', ['HTTP/1.1 204 No Content'], { framing: { kind: 'none' }, persistent: true }],
    ['304 with a length', ['HTTP/1.1 304 Not Modified', 'Content-Length: 9'], { framing: { kind: 'none' } }],
    ['close', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Connection: x, Close'], { persistent: false }],
    ['HTTP/1.0', ['HTTP/1.0 200 OK', 'Content-Length: 5'], { persistent: false }],
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
    [['HTTP/1.1 200 OK\nX: y']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 5']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked']],
    [['HTTP/1.1 200 OK', 'Content-Length: +5']],
    [['HTTP/1.1 200 OK', 'Content-Length: 5, 5']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked']],
    [['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    [['HTTP/1.0 200 OK', 'Transfer-Encoding: chunked']],
    [['HTTP/1.1 200 OK', 'Content-Length : 5']],
    [['HTTP/1.1 200 OK', ' folded']],
    [['HTTP/1.1 200 OK', 'X']],
    [['HTTP/1.1 200 OK', 'X: a\0b']],
    [['HTTP/1.1 200 OK', 'X: a\nSet-Cookie: b']],
    [['']],
  ])('%j is not believed', (lines) => {
    expect(head(...lines)).toBeUndefined();
  });
});
