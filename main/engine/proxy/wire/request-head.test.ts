import { describe, expect, it } from 'vitest';
import { readRequestFields, readRequestLine } from './request-head.ts';

describe('the first line of a request', () => {
  it.each([
    ['GET /a?b=1 HTTP/1.1', { method: 'GET', target: '/a?b=1', minor: 1 }],
    ['PROPFIND / HTTP/1.0', { method: 'PROPFIND', target: '/', minor: 0 }],
    ['X-OWN! //a//b HTTP/1.1', { method: 'X-OWN!', target: '//a//b', minor: 1 }],
    ['GET /\xe4\xbd\xa0?q=\xe5\xa5\xbd HTTP/1.1', { target: '/\xe4\xbd\xa0?q=\xe5\xa5\xbd' }],
  ])('is read: %j', (line, expected) => {
    expect(readRequestLine(line)).toMatchObject(expected);
  });

  it.each([
    ['', 'bad'],
    ['GET', 'bad'],
    ['GET /', 'bad'],
    ['GET / HTTP/2.0', 'bad'],
    ['GET / HTTP/1.2', 'bad'],
    ['GET / http/1.1', 'bad'],
    [' GET / HTTP/1.1', 'bad'],
    ['G(T / HTTP/1.1', 'bad'],
    ['GET /a b HTTP/1.1', 'bad'],
    ['GET /a\tb HTTP/1.1', 'bad'],
    ['GET /a\x7fb HTTP/1.1', 'bad'],
    ['GET  / HTTP/1.1', 'target'],
    ['GET http://a/ HTTP/1.1', 'target'],
    ['OPTIONS * HTTP/1.1', 'target'],
    ['CONNECT a:443 HTTP/1.1', 'connect'],
    [`${'G'.repeat(70)} / HTTP/1.1`, 'bad'],
  ])('is not %j: %s', (line, why) => {
    expect(readRequestLine(line)).toBe(why);
  });
});

describe('the fields of a request', () => {
  const read = (text: string, minor: 0 | 1 = 1) => readRequestFields(text, 0, minor);

  it('come as pairs without the spaces around, byte by byte', () => {
    expect(read('Host: a\r\nX-Y:  b c \t\r\nEmpty:\r\nLatin: \xe4\xbd\xa0\r\nEnds: \xc3\xa0')).toMatchObject({
      fields: ['Host', 'a', 'X-Y', 'b c', 'Empty', '', 'Latin', '\xe4\xbd\xa0', 'Ends', '\xc3\xa0'],
      host: 'a',
      framing: { kind: 'none' },
      isLast: false,
      upgrade: undefined,
    });
  });

  it.each<[string, object]>([
    ['Host: a\r\nContent-Length: 0', { framing: { kind: 'none' } }],
    ['Host: a\r\nContent-Length: 12', { framing: { kind: 'length', bytes: 12 } }],
    ['Host: a\r\nTransfer-Encoding: Chunked', { framing: { kind: 'chunked' } }],
    ['Host: a\r\nConnection: keep-alive', { isLast: false }],
    ['Host: a\r\nConnection: x, Close', { isLast: true }],
    ['Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket, foo', { upgrade: 'websocket, foo' }],
    ['Host: a\r\nConnection: Upgrade\r\nUpgrade: h2c', { upgrade: undefined }],
    ['Host: a\r\nUpgrade: websocket', { upgrade: undefined }],
  ])('say of %j', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  it('of HTTP/1.0 need no Host, and no connection outlives them', () => {
    expect(read('', 0)).toMatchObject({ isLast: true, host: undefined });
  });

  it.each([
    '',
    'X: y',
    'Host: a\r\nHost: b',
    'Host : a',
    'Host: a\r\n folded: b',
    'Host: a\r\nX',
    'Host: a\r\n: y',
    'Host: a\r\nX: a\0b',
    'Host: a\r\nX: a\x1bb',
    'Host: a\r\nX: a\nY: b',
    'Host: a\r\nX: a\rY: b',
    'Host: a\r\nX Y: b',
    'Host: a\r\nContent-Length: 1, 1',
    'Host: a\r\nContent-Length: 1\r\nContent-Length: 1',
    'Host: a\r\nContent-Length: +1',
    'Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked',
    'Host: a\r\nTransfer-Encoding: gzip, chunked',
  ])('are not believed in %j', (text) => {
    expect(read(text)).toBe('bad');
  });
});
