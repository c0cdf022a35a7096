import { describe, expect, it } from 'vitest';
import { type HeaderRule, headerRules } from '../../../shared/model/headers.ts';
import type { Route } from '../../../shared/model/service.ts';
import { answerHeaders, type HeaderContext, upstreamHeaders } from './headers.ts';

const localOrigin = 'http://web.localhost:7700';
const context = (route: Route, part: Partial<HeaderContext> = {}): HeaderContext => ({
  upstream:
    route === 'tunnel'
      ? { route, origin: 'http://127.0.0.1:5405', seenAs: 'http://127.0.0.1:7860' }
      : { route, origin: 'https://demo-web.gear.example', seenAs: 'https://demo-web.gear.example' },
  localOrigin,
  rules: new Set<HeaderRule>(headerRules),
  jar: { localOrigin },
  ...part,
});

/** Pairs as they stand in a request. */
const raw = (lines: readonly string[]) =>
  lines.flatMap((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
const lines = (headers: readonly string[]) =>
  headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []));
const up = (sent: readonly string[], of: HeaderContext) => lines(upstreamHeaders(raw(sent), of));
const back = (sent: readonly string[], of: HeaderContext) => lines(answerHeaders(raw(sent), of));

const own = ['x-forwarded-host: web.localhost:7700', 'x-forwarded-proto: http', 'x-forwarded-for: 127.0.0.1'];

describe('headers on the way up', () => {
  it('leave out what belongs to the connection, and what the client names so', () => {
    const sent = [
      'Connection: keep-alive, X-Own',
      'Keep-Alive: timeout=5',
      'TE: trailers',
      'Upgrade: h2c',
      'Proxy-Authorization: Basic abc',
      'Transfer-Encoding: chunked',
      'x-own: 1',
      'Accept: */*',
    ];
    expect(up(sent, context('public'))).toEqual(['Accept: */*']);
  });

  it('believe no client about where it comes from', () => {
    const sent = ['X-Forwarded-For: 8.8.8.8', 'X-Forwarded-Host: evil.example', 'X-Gearway-Route: public'];
    expect(up(sent, context('tunnel'))).toEqual(own);
  });

  it.each<readonly [string, Route, string, string]>([
    [
      'the host that the service takes for its own',
      'tunnel',
      'Host: web.localhost:7700',
      'Host: 127.0.0.1:7860',
    ],
    ['the host of the mapping', 'public', 'Host: web.localhost:7700', 'Host: demo-web.gear.example'],
    ['an origin of its own', 'tunnel', `Origin: ${localOrigin}`, 'Origin: http://127.0.0.1:7860'],
    ['a foreign origin as it is', 'tunnel', 'Origin: https://evil.example', 'Origin: https://evil.example'],
    ['a referer of its own', 'tunnel', `Referer: ${localOrigin}/a?b`, 'Referer: http://127.0.0.1:7860/a?b'],
    [
      'a referer that only begins like it as it is',
      'tunnel',
      `Referer: ${localOrigin}1/a`,
      `Referer: ${localOrigin}1/a`,
    ],
  ])('bring %s', (_what, route, sent, expected) => {
    expect(up([sent], context(route))[0]).toBe(expected);
  });

  it('tell the mapping nothing of this computer', () => {
    expect(up(['Accept: */*'], context('public'))).toEqual(['Accept: */*']);
  });

  it('bring the kept key to requests that have none', () => {
    const keyed = context('public', { authorization: 'Bearer kept' });
    expect(up(['Accept: */*'], keyed)).toEqual(['Accept: */*', 'authorization: Bearer kept']);
    expect(up(['Authorization: Bearer typed'], keyed)).toEqual(['Authorization: Bearer typed']);
  });

  it('leave everything to the client where all rules are off, but the host of the mapping', () => {
    const rules = new Set<HeaderRule>();
    const sent = ['Host: web.localhost:7700', `Origin: ${localOrigin}`];
    expect(up(sent, context('tunnel', { rules }))).toEqual(sent);
    expect(up(sent, context('public', { rules }))).toEqual(['Host: demo-web.gear.example', sent[1]]);
  });
});

describe('headers on the way back', () => {
  it('tell the route, whatever the service says of it', () => {
    const sent = ['Connection: close, x-own', 'X-Own: 1', 'x-gearway-route: tunnel', 'Server: a'];
    expect(back(sent, context('public'))).toEqual(['Server: a', 'x-gearway-route: public']);
  });

  it.each([
    ['Location: http://127.0.0.1:7860/login', `Location: ${localOrigin}/login`],
    ['Location: https://127.0.0.1:7860/login', `Location: ${localOrigin}/login`],
    ['Location: //127.0.0.1:5405/a', `Location: ${localOrigin}/a`],
    ['Location: /login', 'Location: /login'],
    ['Location: https://login.example/', 'Location: https://login.example/'],
    ['Location: http://127.0.0.1:78601/', 'Location: http://127.0.0.1:78601/'],
    ['Refresh: 5; url=http://127.0.0.1:7860/x', `Refresh: 5; url=${localOrigin}/x`],
    ['Link: <http://127.0.0.1:7860/a>; rel=next', `Link: <${localOrigin}/a>; rel=next`],
    ['Access-Control-Allow-Origin: http://127.0.0.1:7860', `Access-Control-Allow-Origin: ${localOrigin}`],
    ['Access-Control-Allow-Origin: *', 'Access-Control-Allow-Origin: *'],
    ['Set-Cookie: a=1; Domain=gear.example; Secure', 'Set-Cookie: a=1'],
  ])('%s', (sent, expected) => {
    expect(back([sent], context('tunnel'))[0]).toBe(expected);
  });
});
