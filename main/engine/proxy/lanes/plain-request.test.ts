import { describe, expect, it } from 'vitest';
import { asksToClose, readPlainFields, readPlainRequest } from './plain-request.ts';

const read = (text: string) => readPlainRequest(Buffer.from(text, 'latin1'));

describe('a plain request', () => {
  it('is one whole question without a body', () => {
    expect(read('GET /a?b=1 HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n')).toEqual({
      method: 'GET',
      path: '/a?b=1',
      rest: 'Host: a\r\nX: y',
    });
    expect(read('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n')?.method).toBe('HEAD');
  });

  it.each([
    '',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\n\r\nbody',
    'POST / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTP/1.0\r\nHost: a\r\n\r\n',
    'GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET  / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /\x80 HTTP/1.1\r\nHost: a\r\n\r\n',
    ' GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET / HTTP/1.1\nHost: a\n\n',
    `GET /${'x'.repeat(9_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  ])('is not %j', (text) => {
    const request = read(text);
    expect(request === undefined || readPlainFields(request.rest) === undefined).toBe(true);
  });
});

describe('fields of a plain request', () => {
  it('come as pairs without the spaces around', () => {
    expect(readPlainFields('Host: a\r\nX-Y:  b c \r\nEmpty:\r\nLatin: \xe9')).toEqual([
      ...['Host', 'a', 'X-Y', 'b c', 'Empty', '', 'Latin', '\xe9'],
    ]);
    expect(readPlainFields('Host: a\r\nConnection: Keep-Alive')).toBeDefined();
    expect(asksToClose(readPlainFields('Host: a\r\nConnection: Keep-Alive') ?? [])).toBe(false);
    expect(asksToClose(readPlainFields('Host: a\r\nconnection: Close') ?? [])).toBe(true);
  });

  it.each([
    'X: y',
    'Host: a\r\nHost: b',
    'Host: a\r\nContent-Length: 0',
    'Host: a\r\nTransfer-Encoding: chunked',
    'Host: a\r\nUpgrade: websocket',
    'Host: a\r\nExpect: 100-continue',
    'Host: a\r\nTE: trailers',
    'Host: a\r\nConnection: close, x-secret',
    'Host: a\r\nConnection: x-secret',
    'Host : a',
    'Host: a\r\n folded: b',
    'Host: a\r\nX',
    'Host: a\r\n: y',
    'Host: a\r\nX: a\0b',
    'Host: a\r\nX: a\nY: b',
    'Host: a\r\nX: a\rY: b',
    'Host: a\r\nX Y: b',
    '',
  ])('are not plain in %j', (rest) => {
    expect(readPlainFields(rest)).toBeUndefined();
  });
});
