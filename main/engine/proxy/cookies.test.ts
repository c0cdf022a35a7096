import { describe, expect, it } from 'vitest';
import { jarOf, localCookies, serviceCookies } from './cookies.ts';

const shared = jarOf('job:7860', 'http://127.0.0.1:7860');
const mine = shared.prefix ?? '';
const theirs = jarOf('job:8888', 'http://127.0.0.1:8888').prefix ?? '';
const longAgo = 'Thu, 01 Jan 1970 00:00:00 GMT';

describe('cookies of services that share a host', () => {
  it.each(['http://web.localhost:7700', 'https://web.localhost:7700', 'http://web.localhost'])(
    'are left alone under a name of its own: %s',
    (origin) => expect(jarOf('a', origin).prefix).toBeUndefined(),
  );

  it.each(['http://localhost:7700', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://localhost'])(
    'have a name for each service: %s',
    (origin) => expect(jarOf('a', origin).prefix).toMatch(/^gw-[0-9a-f]{8}-$/),
  );

  it.each<[string, readonly string[]]>([
    ['a=1; HttpOnly', [`${mine}a=1; HttpOnly`]],
    ['a=1; HttpOnly; Secure; Path=/', [`${mine}a=1; HttpOnly; Path=/`]],
    ['__Host-a=1; Secure; HttpOnly', [`__Host-${mine}a=1; Secure; HttpOnly`]],
    ['_xsrf=1; Path=/', ['_xsrf=1; Path=/']],
    ['a=httponly', ['a=httponly']],
    ['a=; Max-Age=0; Path=/', ['a=; Max-Age=0; Path=/', `${mine}a=; Max-Age=0; Path=/`]],
    [`a=; expires=${longAgo}`, [`a=; expires=${longAgo}`, `${mine}a=; expires=${longAgo}`]],
    ['a=1; expires=Thu, 01 Jan 2099 00:00:00 GMT', ['a=1; expires=Thu, 01 Jan 2099 00:00:00 GMT']],
  ])('%s comes as %j', (sent, got) => expect(localCookies(sent, shared)).toEqual(got));

  it.each([
    [`${mine}a=1`, 'a=1'],
    [`${mine}a=1; b=2`, 'a=1; b=2'],
    [`${theirs}a=1; b=2`, 'b=2'],
    [`${theirs}a=1`, ''],
    [`__Host-${mine}a=1;__Secure-${theirs}b=2`, '__Host-a=1'],
    ['gw-nothing-of-ours=1; broken; ', 'gw-nothing-of-ours=1; broken; '],
  ])('%s goes up as %j', (sent, got) => expect(serviceCookies(sent, shared)).toBe(got));
});
