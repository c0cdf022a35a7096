import { describe, expect, it } from 'vitest';
import { routeByEnvironment } from './environment.ts';
import { readDesktopRoutes, readProxyServer } from './proxy-server.ts';

const proxy = { kind: 'http', host: 'proxy.example', port: 3128 };

describe('a proxy', () => {
  it.each([
    ['http://proxy.example:3128', proxy],
    ['proxy.example:3128', proxy],
    [' http://proxy.example:3128/ ', proxy],
    ['http://proxy.example', { ...proxy, port: 80 }],
    ['https://proxy.example', { kind: 'https', host: 'proxy.example', port: 443 }],
    ['socks5h://10.0.0.7', { kind: 'socks5', host: '10.0.0.7', port: 1080 }],
    ['socks4a://10.0.0.7:99', { kind: 'socks4', host: '10.0.0.7', port: 99 }],
    ['http://[::1]:8080', { kind: 'http', host: '::1', port: 8080 }],
    ['http://me:p%40ss@proxy.example:3128', { ...proxy, login: { user: 'me', password: 'p@ss' } }],
    ['http://me:100%@proxy.example:3128', { ...proxy, login: { user: 'me', password: '100%' } }],
    ['', undefined],
    ['ftp://proxy.example', undefined],
    ['http://', undefined],
    ['http://a b', undefined],
    [`http://${'a'.repeat(3_000)}`, undefined],
  ])('is read from %j', (text, server) => {
    expect(readProxyServer(text)).toEqual(server);
  });

  it.each([
    ['DIRECT', ['direct']],
    ['PROXY proxy.example:3128; DIRECT', [proxy, 'direct']],
    [
      'SOCKS5 a:1;SOCKS b:2',
      [
        { kind: 'socks5', host: 'a', port: 1 },
        { kind: 'socks4', host: 'b', port: 2 },
      ],
    ],
    ['HTTPS a:1', [{ kind: 'https', host: 'a', port: 1 }]],
    ['', ['direct']],
    ['QUIC a:1', ['direct']],
    ['PROXY', ['direct']],
    ['PROXY :::::;;; ;', ['direct']],
  ])('of the desktop is read from %j', (text, routes) => {
    expect(readDesktopRoutes(text)).toEqual(routes);
  });
});

describe('the environment', () => {
  const of = (environment: Record<string, string>, url: string) => {
    const route = routeByEnvironment(environment, new URL(url));
    return route === undefined || route === 'direct' ? route : route.host;
  };
  it.each<[Record<string, string>, string, string | undefined]>([
    [{}, 'https://a.example', undefined],
    [{ HTTPS_PROXY: 'http://s' }, 'https://a.example', 's'],
    [{ HTTPS_PROXY: 'http://s' }, 'http://a.example', undefined],
    [{ https_proxy: 'http://small', HTTPS_PROXY: 'http://large' }, 'https://a.example', 'small'],
    [{ HTTP_PROXY: 'http://p' }, 'http://a.example', 'p'],
    [{ ALL_PROXY: 'socks5://all' }, 'https://a.example', 'all'],
    [{ ALL_PROXY: 'socks5://all', https_proxy: 'http://s' }, 'https://a.example', 's'],
    [{ HTTPS_PROXY: 'nonsense://' }, 'https://a.example', undefined],
    [{ HTTPS_PROXY: 'http://s', NO_PROXY: 'a.example' }, 'https://a.example', 'direct'],
    [{ NO_PROXY: 'a.example' }, 'https://a.example', undefined],
    // Here curl takes the text as a whole for a name, and exempts nothing; other programs read it as it is meant.
    [{ HTTPS_PROXY: 'http://s', NO_PROXY: 'a.example:443' }, 'https://a.example', 'direct'],
    [{ HTTPS_PROXY: 'http://s', NO_PROXY: 'a.example:8443' }, 'https://a.example', 's'],
    [{ HTTPS_PROXY: 'http://s', NO_PROXY: '[fd00::7]' }, 'https://[fd00::7]', 'direct'],
    [{ HTTPS_PROXY: 'http://s', NO_PROXY: 'fd00::/8' }, 'https://[fd00::7]', 'direct'],
  ])('%j says of %s: %s', (environment, url, route) => {
    expect(of(environment, url)).toBe(route);
  });

  it('takes a list of any length and shape', () => {
    let seed = 3;
    const draw = (most: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % most;
    };
    const parts = ['a', '.', '*', ':', '[', ']', '/', ',', ' ', '0', '::', '127.0.0.1', '\0', '语'];
    for (let round = 0; round < 5_000; round += 1) {
      const NO_PROXY = Array.from({ length: draw(9) }, () => parts[draw(parts.length)]).join('');
      of({ HTTPS_PROXY: 'http://s', NO_PROXY }, 'https://a.example');
    }
    expect(of({ HTTPS_PROXY: 'http://s', NO_PROXY: `${'a,'.repeat(1_000_000)}` }, 'https://b.example')).toBe(
      's',
    );
  });
});
