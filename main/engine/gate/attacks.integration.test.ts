import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrantFile } from '../../../shared/model/gate.ts';
import { createCleanup, until } from '../../testing/index.ts';
import {
  type GateLab,
  hashOf,
  passwordGrant,
  raw,
  startGate,
  startRecorder,
  statusOf,
  tokenOf,
} from './testing/gate-lab.ts';

const cleanup = createCleanup();
afterAll(() => cleanup.run());

const now = () => Math.floor(Date.now() / 1000);
const grant = (id: string, kind: GrantFile['kind'], part: Partial<GrantFile>): GrantFile => ({
  id,
  kind,
  name: id,
  until: null,
  ...part,
});
const link = tokenOf('gwl', 'l');
const endedLink = tokenOf('gwl', 'e');
const revokedLink = tokenOf('gwl', 'r');
const key = tokenOf('gwk', 'k');
const revokedKey = tokenOf('gwk', 'r');
const open = grant('open', 'link', { hash: hashOf(link) });
const revoked = grant('revoked', 'link', { hash: hashOf(revokedLink), revoked: true });
const ended = grant('ended', 'link', { hash: hashOf(endedLink), until: 1_000 });
const grants = [
  open,
  revoked,
  ended,
  grant('program', 'key', { hash: hashOf(key) }),
  grant('gone', 'key', { hash: hashOf(revokedKey), revoked: true }),
  grant('word', 'password', passwordGrant('open sesame')),
  grant('office', 'addresses', { networks: ['10.9.0.0/16'] }),
];

let gate: GateLab;
let other: GateLab;
let service: Awaited<ReturnType<typeof startRecorder>>;
beforeAll(async () => {
  service = await startRecorder(cleanup);
  gate = await startGate(cleanup, { service: service.port, grants });
  other = await startGate(cleanup, { service: service.port, grants, id: 'gateother' });
});

const host = () => `127.0.0.1:${gate.port}`;
const cookie = (value: string) => `Cookie: __Host-gearway-gatelab=${value}`;
const session = () => cookie(gate.signed(open, now(), now() + 600));
const bearer = (token: string) => `Authorization: Bearer ${token}`;
const head = (line: string, ...headers: readonly string[]) =>
  `${[line, `Host: ${host()}`, ...headers].join('\r\n')}\r\n\r\n`;
const get = (...headers: readonly string[]) => head('GET /inside HTTP/1.1', ...headers);
const post = (body: string, ...headers: readonly string[]) =>
  `${head(
    'POST /.gearway/enter HTTP/1.1',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  )}${body}`;
const own = () => `Origin: http://${host()}`;
const socket = (...headers: readonly string[]) =>
  get(
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  );

/** What comes, and which answers are right: the gate's own refusals. */
const attacks: readonly (readonly [string, () => string | Buffer, readonly number[]])[] = [
  ['a stranger', () => get('Accept: text/html'), [401]],
  ['a program without a key', () => get(), [401]],
  ['an empty session', () => get(cookie('')), [401]],
  ['a session of nobody', () => get(cookie('a.b.c.d')), [401]],
  ['a forged signature', () => get(cookie(`open.${now()}.${now() + 600}.${'A'.repeat(43)}`)), [401]],
  ['a signature cut short', () => get(cookie(gate.signed(open, now(), now() + 600).slice(0, -1))), [401]],
  ['a signature with more behind', () => get(cookie(`${gate.signed(open, now(), now() + 600)}A`)), [401]],
  [
    'a session given a longer life',
    () => get(cookie(gate.signed(open, now(), now() + 600).replace(/\.\d+\.([\w-]+)$/, '.99999999999.$1'))),
    [401],
  ],
  [
    'a session given another name',
    () => get(cookie(gate.signed(open, now(), now() + 600).replace('open', 'program'))),
    [401],
  ],
  ['a stale session', () => get(cookie(gate.signed(open, now() - 900, now() - 1))), [401]],
  ['a session of another gate', () => get(cookie(other.signed(open, now(), now() + 600))), [401]],
  ['a session of a revoked link', () => get(cookie(gate.signed(revoked, now(), now() + 600))), [401]],
  ['a session of an ended link', () => get(cookie(gate.signed(ended, now(), now() + 600))), [401]],
  ['a session under a name that other hosts may set', () => get(session().replace('__Host-', '')), [401]],
  ['an unknown key', () => get(bearer(tokenOf('gwk', 'x'))), [401]],
  ['a revoked key', () => get(bearer(revokedKey)), [401]],
  ['a revoked key beside a session', () => get(bearer(revokedKey), session()), [401]],
  ['a link in place of a key', () => get(bearer(link)), [401]],
  ['the beginning of a key', () => get(bearer(key.slice(0, -1))), [401]],
  ['a key with more behind', () => get(bearer(`${key}k`)), [401]],
  ['a key in capitals', () => get(bearer(key.toUpperCase())), [401]],
  ['a key of zero bytes', () => get(bearer('gwk_')), [401]],
  ['the password as a key', () => get(bearer('open sesame')), [401]],
  ['the password by Basic', () => get(`Authorization: Basic ${btoa(':open sesame')}`), [401]],
  ['a key in the query', () => head(`GET /inside?key=${key} HTTP/1.1`), [401]],
  ['a link in the query', () => head(`GET /inside?token=${link} HTTP/1.1`), [401]],
  ['two Authorization headers, one right', () => get(bearer(key), bearer('gwk_no')), [400]],
  ['two keys of the other kind', () => get(`X-Gearway-Key: ${key}`, `X-Gearway-Key: ${key}`), [400]],
  ['a wrong key of the other kind beside a session', () => get('X-Gearway-Key: gwk_no', session()), [401]],
  ['a claim to come from the office', () => get('X-Forwarded-For: 10.9.0.1'), [401]],
  ['a claim to come from this machine', () => get('X-Forwarded-For: 127.0.0.1', 'X-Real-IP: ::1'), [401]],
  ['a path said in another header', () => get('X-Original-URL: /.gearway/open', 'X-Rewrite-URL: /'), [401]],
  ['a doubled slash', () => head('GET //inside HTTP/1.1'), [401]],
  ['dots from the gate’s own place', () => head('GET /.gearway/open/../../inside HTTP/1.1'), [404]],
  ['coded dots from there', () => head('GET /.gearway/%2e%2e/inside HTTP/1.1'), [404]],
  ['a coded name of that place', () => head('GET /%2egearway/open HTTP/1.1'), [401]],
  ['another file of that place', () => head('GET /.gearway/gate.json HTTP/1.1'), [404]],
  ['an absolute target', () => head(`GET http://${host()}/inside HTTP/1.1`, session()), [400]],
  ['a target of another host', () => head('GET http://169.254.169.254/ HTTP/1.1', session()), [400]],
  ['CONNECT', () => head('CONNECT 127.0.0.1:22 HTTP/1.1', session()), [400]],
  ['TRACE', () => head('TRACE / HTTP/1.1', session()), [400]],
  ['an asterisk', () => head('OPTIONS * HTTP/1.1', session()), [400]],
  ['a target without a slash', () => head('GET inside HTTP/1.1', session()), [400]],
  ['a blank in the target', () => head('GET /in side HTTP/1.1', session()), [400]],
  [
    'both framings',
    () => `${get(session(), 'Content-Length: 3', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    [400],
  ],
  ['two lengths', () => `${get(session(), 'Content-Length: 3', 'Content-Length: 30')}abc`, [400]],
  ['a list of lengths', () => `${get(session(), 'Content-Length: 3, 3')}abc`, [400]],
  ['a length with a sign', () => `${get(session(), 'Content-Length: +3')}abc`, [400]],
  ['a length in sixteens', () => `${get(session(), 'Content-Length: 0x3')}abc`, [400]],
  ['a length without an end', () => get(session(), `Content-Length: ${'9'.repeat(40)}`), [400]],
  ['another coding', () => get(session(), 'Transfer-Encoding: gzip, chunked'), [400]],
  ['two codings', () => get(session(), 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'), [400]],
  ['a coding behind a vertical tab', () => get(session(), 'Transfer-Encoding: \x0bchunked'), [400]],
  ['chunks in HTTP/1.0', () => head('POST / HTTP/1.0', session(), 'Transfer-Encoding: chunked'), [400]],
  ['a blank before the colon', () => get(session(), 'Content-Length : 3'), [400]],
  ['a folded line', () => get(session(), 'X-A: b', ' c: d'), [400]],
  ['a look-alike of a length', () => get(session(), 'Content_Length: 3'), [400]],
  ['a look-alike of a coding', () => get(session(), 'Transfer_Encoding: chunked'), [400]],
  ['a zero byte in a value', () => get(session(), 'X-A: b\0c'), [400]],
  ['a bare return in a value', () => get(session(), 'X-A: b\rX-B: c'), [400]],
  ['a bare line feed in a value', () => get(session(), 'X-A: b\nTransfer-Encoding: chunked'), [400]],
  ['a line without a colon', () => get(session(), 'nonsense'), [400]],
  ['a length that Connection takes away', () => get(session(), 'Connection: content-length'), [400]],
  ['no host', () => `GET / HTTP/1.1\r\n${session()}\r\n\r\n`, [400]],
  ['two hosts', () => get(session(), 'Host: evil.example'), [400]],
  ['another version', () => head('GET / HTTP/3.0', session()), [505]],
  ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['TLS', () => Buffer.from('16030100c8010000c40303\r\n\r\n', 'latin1'), [400]],
  ['an oversized head', () => get(session(), `X-A: ${'a'.repeat(70_000)}`), [431]],
  ['300 headers', () => get(session(), ...Array.from({ length: 300 }, (_, at) => `X-${at}: a`)), [400]],
  ['60,000 blanks in a value', () => get(`X-A: a${' '.repeat(60_000)}b`), [401]],
  ['a WebSocket of nobody', () => socket(), [401]],
  ['a WebSocket from another site', () => socket(session(), 'Origin: https://evil.example'), [401]],
  ['a WebSocket from a neighbour', () => socket(session(), 'Origin: http://127.0.0.1:1'), [401]],
  ['a WebSocket from nowhere', () => socket(session(), 'Origin: null'), [401]],
  ['a WebSocket with a body', () => `${socket(session(), own(), 'Content-Length: 3')}abc`, [400]],
  [
    'another site’s form',
    () => head('POST /inside HTTP/1.1', session(), 'Origin: https://evil.example', 'Content-Length: 0'),
    [401],
  ],
  [
    'a neighbour’s question',
    () => get(session(), 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'),
    [401],
  ],
  [
    'a neighbour’s frame',
    () => get(session(), 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'),
    [401],
  ],
  ['a login without an origin', () => post(`secret=${link}`), [403]],
  ['a login of another site', () => post(`secret=${link}`, 'Origin: https://evil.example'), [403]],
  ['a login of a neighbour', () => post(`secret=${link}`, 'Sec-Fetch-Site: same-site'), [403]],
  ['a login by GET', () => head(`GET /.gearway/enter?secret=${link} HTTP/1.1`, own()), [403]],
  [
    'a login as plain text',
    () => post(`secret=${link}`, own()).replace('application/x-www-form-urlencoded', 'text/plain'),
    [403],
  ],
  ['a login of 9 KB', () => post(`secret=${'a'.repeat(9_000)}`, own()), [413]],
  ['an empty password', () => post('secret=', own()), [403]],
  [
    'a password in other characters',
    () => post(`secret=${encodeURIComponent('ｏｐｅｎ sesame')}`, own()),
    [403],
  ],
  ['a broken coding', () => post('secret=%ff%fe%00', own()), [403]],
  ['an ended link', () => post(`secret=${endedLink}`, own()), [403]],
  ['a revoked link', () => post(`secret=${revokedLink}`, own()), [403]],
  ['a key as a link', () => post(`secret=${key.replace('gwk', 'gwl')}`, own()), [403]],
];

describe('an attack on the gate', () => {
  it.each(attacks)('by %s is refused, and the service hears nothing of it', async (_name, bytes, right) => {
    const before = service.connections();
    const answer = await raw(gate.port, bytes());
    expect([statusOf(answer), answer.slice(0, 300)]).toEqual([
      expect.toSatisfy((status: number) => right.includes(status)),
      expect.anything(),
    ]);
    expect(answer).not.toContain('inside\r\n');
    expect(answer).not.toMatch(/Set-Cookie/i);
    expect(service.connections()).toBe(before);
  });

  it('is what it is tried against: the same shapes with what is right do pass', async () => {
    const passes = [
      get(session()),
      get(bearer(key)),
      get(`X-Gearway-Key: ${key}`),
      get(session(), own()),
      get(session(), 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'),
    ];
    for (const bytes of passes) expect(await raw(gate.port, bytes)).toMatch(/^HTTP\/1\.1 200 [\s\S]*inside$/);
    expect(statusOf(await raw(gate.port, post(`secret=${link}`, own())))).toBe(303);
    expect(statusOf(await raw(gate.port, post('secret=open+sesame', own())))).toBe(303);
  });

  it('never shows the service what opened the gate', () => {
    const heard = service.heard();
    expect(heard).toContain('GET /inside HTTP/1.1');
    for (const secret of [key, link, '__Host-gearway', 'X-Gearway-Key']) expect(heard).not.toContain(secret);
  });

  it('leaves no token, path or password in the log or the counts, which only the owner may read', async () => {
    await until('the counts to be written', () => gate.read('use.json').includes('malformed'));
    for (const text of [gate.log(), gate.read('use.json'), gate.read('gate.json')])
      for (const secret of [key, link, revokedLink, 'sesame', 'token=']) expect(text).not.toContain(secret);
    expect(gate.log()).not.toContain('/inside');
    const { statSync } = await import('node:fs');
    for (const name of ['gate.json', 'secret', 'use.json'])
      expect([name, (statSync(`${gate.folder}/${name}`).mode & 0o777).toString(8)]).toEqual([name, '600']);
  });
});

describe('the page that asks', () => {
  it('may stand in no frame, tells no referrer, is kept nowhere and runs its own script only', async () => {
    const answer = await raw(gate.port, get('Accept: text/html'));
    expect(answer).toMatch(/X-Frame-Options: DENY/);
    expect(answer).toMatch(/frame-ancestors 'none'/);
    expect(answer).toMatch(/default-src 'none'; style-src 'nonce-[\w-]+'; script-src 'nonce-[\w-]+'/);
    expect(answer).toMatch(/Referrer-Policy: same-origin/);
    expect(answer).toMatch(/Cache-Control: no-store/);
  });

  it('speaks the language that is asked for', async () => {
    expect(await raw(gate.port, get('Accept: text/html'))).toContain('lang="en"');
    expect(await raw(gate.port, get('Accept: text/html', 'Accept-Language: zh-CN,en;q=0.5'))).toContain(
      'lang="zh-CN"',
    );
  });

  it.each([
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/a\r\nSet-Cookie: a=b', '/'],
    ['/.gearway/open', '/'],
    ['', '/'],
    ['/lab?a=b', '/lab?a=b'],
  ])('after a login leads from %j to %j', async (next, place) => {
    const answer = await raw(gate.port, post(`secret=${link}&next=${encodeURIComponent(next)}`, own()));
    expect(/^Location: (.*)\r$/m.exec(answer)?.[1]).toBe(place);
    expect(answer).not.toContain('a=b\r\nPath');
  });

  it('sets a session that no script reads, no other host sets and no other site sends', async () => {
    const answer = await raw(gate.port, post(`secret=${link}`, own()));
    expect(answer).toMatch(
      /^Set-Cookie: __Host-gearway-gatelab=open\.\d+\.\d+\.[\w-]{43}; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Lax\r$/m,
    );
  });

  it('keeps what was typed into the address out of its own markup', async () => {
    const answer = await raw(gate.port, head('GET /"><script>x HTTP/1.1', 'Accept: text/html'));
    expect(answer).not.toContain('"><script>x');
  });
});

describe('passwords', () => {
  it('are looked at five times a minute from one source, thirty times from all', async () => {
    const own5 = await startGate(cleanup, { service: service.port, grants });
    const origin = `Origin: http://127.0.0.1:${own5.port}`;
    const at = (from: string, text: string) =>
      post(`secret=${encodeURIComponent(text)}`, `X-Forwarded-For: ${from}`, origin).replace(
        host(),
        `127.0.0.1:${own5.port}`,
      );
    for (let tries = 0; tries < 5; tries += 1)
      expect(statusOf(await raw(own5.port, at('1.1.1.1', `no ${tries}`)))).toBe(403);
    const sixth = await raw(own5.port, at('1.1.1.1', 'open sesame'));
    expect(statusOf(sixth)).toBe(429);
    expect(sixth).toMatch(/Retry-After: \d+/);
    expect(statusOf(await raw(own5.port, at('2.2.2.2', 'open sesame')))).toBe(303);
    const more = Array.from({ length: 60 }, (_, index) => raw(own5.port, at(`3.3.3.${index}`, 'no')));
    const refused = (await Promise.all(more)).map(statusOf);
    expect(refused.filter((status) => status === 403).length).toBeLessThanOrEqual(25);
    expect(statusOf(await raw(own5.port, at('4.4.4.4', 'open sesame')))).toBe(429);
    // A link is no password: nobody keeps others out by guessing.
    const byLink = post(`secret=${link}`, origin).replace(host(), `127.0.0.1:${own5.port}`);
    expect(statusOf(await raw(own5.port, byLink))).toBe(303);
  });
});

describe('many or slow connections', () => {
  it('end when their head does not come in time, drop by drop too', async () => {
    const quick = await startGate(cleanup, {
      service: service.port,
      grants,
      constants: { HEAD_SECONDS: 1, IDLE_SECONDS: 1 },
    });
    const ends = [true, false].map(
      (drips) =>
        new Promise<void>((resolve) => {
          const slow = connect(quick.port, '127.0.0.1');
          slow.write('GET / HTTP/1.1\r\n');
          const drip = setInterval(() => drips && slow.write('X'), 200);
          slow
            .on('error', () => {})
            .on('close', () => {
              clearInterval(drip);
              resolve();
            });
        }),
    );
    await Promise.all(ends);
  });

  it('do not keep out who has a key, 1,000 at once and half-closed ones too', async () => {
    const sockets = Array.from({ length: 1_000 }, (_, index) => {
      const one = connect({ port: gate.port, host: '127.0.0.1', allowHalfOpen: true });
      one.on('error', () => {});
      one.write('GET / HTTP/1.1\r\nX-A');
      if (index % 3 === 0) one.end();
      return one;
    });
    try {
      await Promise.all(
        sockets.map((one) => new Promise((resolve) => one.once('connect', resolve).once('close', resolve))),
      );
      expect(statusOf(await raw(gate.port, get(bearer(key))))).toBe(200);
    } finally {
      for (const one of sockets) one.destroy();
    }
  });
});
