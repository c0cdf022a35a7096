import { afterEach, describe, expect, it } from 'vitest';
import { at, closeAll, origin, raw, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

/**
 * Cases of a suite that was made to judge servers, not for this proxy: github.com/uNetworking/h1spec, `http_test.ts`.
 * HOST stands for a host of ours. Some parts are sent one after the other, where the suite does so.
 */
const cases: readonly (readonly [name: string, parts: readonly string[], status: RegExp])[] = [
  ['no version', ['GET / \r\n', '\r\n'], /[45]\d\d/],
  ['Expect without a body', ['GET / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\n\r\n'], /100|2\d\d/],
  ['a valid question', ['GET / HTTP/1.1\r\nHost: HOST\r\n\r\n'], /2\d\d/],
  ['odd case, a tab and an empty field', ['GET / HTTP/1.1\r\nhoSt:\tHOST\r\nempty:\r\n\r\n'], /2\d\d/],
  ['brackets in a name', ['GET / HTTP/1.1\r\nHost: HOST\r\nX-Invalid[]: test\r\n\r\n'], /4\d\d/],
  ['no Host', ['GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\n'], /4\d\d/],
  ['two Hosts', ['GET / HTTP/1.1\r\nHost: HOST\r\nHost: example.org\r\n\r\n'], /4\d\d/],
  [
    'a length far below zero',
    [`GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -${'123456789'.repeat(3)}\r\n\r\n`],
    /4\d\d/,
  ],
  ['a length below zero', ['GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1234\r\n\r\n'], /4\d\d/],
  ['a length in letters', ['GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: abc\r\n\r\n'], /4\d\d/],
  ['an empty value', ['GET / HTTP/1.1\r\nHost: HOST\r\nX-Empty-Header: \r\n\r\n'], /2\d\d/],
  ['a bell in a value', ['GET / HTTP/1.1\r\nHost: HOST\r\nX-Bad-Control-Char: test\x07\r\n\r\n'], /4\d\d/],
  ['version 9.9', ['GET / HTTP/9.9\r\nHost: HOST\r\n\r\n'], /[45]\d\d/],
  ['words before the method', ['Extra lineGET / HTTP/1.1\r\nHost: HOST\r\n\r\n'], /[45]\d\d/],
  [
    'a return at the start of a line',
    ['GET / HTTP/1.1\r\nHost: HOST\r\n\rSome-Header: Test\r\n\r\n'],
    /4\d\d/,
  ],
  [
    'a body with its length',
    ['POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello'],
    /2\d\d|404/,
  ],
  [
    'a chunked body',
    ['POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n', '5\r\nHello\r\n0\r\n\r\n'],
    /2\d\d/,
  ],
  [
    'a coding and a length, odd case',
    [
      'POST / HTTP/1.1\r\nHost: HOST\r\ncOnTeNt-LeNgTh: 5\r\nTrAnSfEr-EnCoDiNg: chunked\r\n\r\nc\r\nHello world!\r\n0\r\n\r\n',
    ],
    /4\d\d|2\d\d/,
  ],
  ['a method in two parts', ['G', 'ET / HTTP/1.1\r\nHost: HOST\r\n\r\n'], /2\d\d/],
  ['a path in two parts', ['GET ', '/hello HTTP/1.1\r\nHost: HOST\r\n\r\n'], /2\d\d/],
  ['a path cut in the middle', ['GET /hel', 'lo HTTP/1.1\r\nHost: HOST\r\n\r\n'], /2\d\d/],
  ['a version in two parts', ['GET /hello HTTP/1', '.1\r\nHost: HOST\r\n\r\n'], /2\d\d/],
  ['a field name in two parts', ['GET /hello HTTP/1.1\r\nHo', 'st: HOST\r\n\r\n'], /2\d\d/],
  ['the end of a line in two parts', ['GET /hello HTTP/1.1\r\nHost: HOST\r', '\n\r\n'], /2\d\d/],
  ['the last line in two parts', ['GET /hello HTTP/1.1\r\nHost: HOST\r\n\r', '\n'], /2\d\d/],
];

describe('cases of h1spec', () => {
  it.each(cases)('%s', async (_name, parts, status) => {
    const service = await origin((request, response) => request.pipe(response));
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    for (const part of parts) {
      client.send(part.replace('HOST', `web.localhost:${port}`));
      // Parts are to come alone. Where a busy machine joins them, the case shows less and is not red.
      await new Promise((resolve) => setTimeout(resolve, parts.length > 1 ? 20 : 0));
    }
    const heard = await client.until(/^HTTP\/1\.1 \d\d\d/);
    expect(heard.slice(9, 12)).toMatch(status);
  });
});
