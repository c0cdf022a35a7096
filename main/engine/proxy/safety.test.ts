import { afterEach, describe, expect, it } from 'vitest';
import { limits } from './listener.ts';
import { ask, at, closeAll, origin, raw, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

/** A service that counts what reaches it. */
async function setup() {
  const seen: string[] = [];
  const service = await origin((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.end('ok'));
  });
  const { port } = await startProxy([{ tunnel: at(service.port) }]);
  return { port, seen, host: `Host: web.localhost:${port}` };
}

describe('requests that could be read in two ways', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: web.localhost\r\n\r\n';
  it.each<[string, string]>([
    ['a length and a coding', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    ['the same length twice', 'Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd'],
    ['a list of lengths', 'Content-Length: 4, 4\r\n\r\nabcd'],
    ['a length with a sign', 'Content-Length: +4\r\n\r\nabcd'],
    ['a length that is no number', 'Content-Length: 0x4\r\n\r\nabcd'],
    ['a space before the colon', 'Content-Length : 4\r\n\r\nabcd'],
    ['a folded header', 'X-A: 1\r\n Content-Length: 4\r\n\r\nabcd'],
    ['a header without a colon', 'X-A\r\n\r\n'],
    ['a bare line feed after a header', 'X-A: 1\nX-B: 2\r\n\r\n'],
    ['a NUL in a value', 'X-A: a\0b\r\n\r\n'],
    ['a bare return in a value', 'X-A: a\rb\r\n\r\n'],
    ['a coding other than chunked', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a coding before chunked', 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['chunked before another coding', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk size that is no number', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n'],
    ['a chunk size too large', 'Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab\r\n0\r\n\r\n'],
    ['a chunk longer than its size', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabcXX0\r\n\r\n'],
    ['chunks ended by a bare line feed', 'Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n'],
    ['a second host', 'Host: other.localhost\r\n\r\n'],
  ])('with %s are refused', async (_name, rest) => {
    const { port, seen, host } = await setup();
    const client = await raw(port);
    client.send(`POST /a HTTP/1.1\r\n${host}\r\n${rest}${smuggled}`);
    const heard = await client.closed();
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).not.toContain('GET /smuggled');
  });

  it.each<[string, string]>([
    ['an absolute target', 'GET http://evil.example/ HTTP/1.1'],
    ['an absolute target of our own', 'GET http://web.localhost/ HTTP/1.1'],
    ['an asterisk', 'OPTIONS * HTTP/1.1'],
    ['no slash', 'GET web HTTP/1.1'],
    ['a space in the target', 'GET /a b HTTP/1.1'],
    ['an unknown version', 'GET / HTTP/3.7'],
    ['no version', 'GET /'],
  ])('whose first line has %s are refused', async (_name, line) => {
    const { port, seen, host } = await setup();
    const client = await raw(port);
    client.send(`${line}\r\n${host}\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it('with a coding in HTTP/1.0 are refused', async () => {
    const { port, seen, host } = await setup();
    const client = await raw(port);
    client.send(`POST /a HTTP/1.0\r\n${host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen).toEqual([]);
  });

  it('are as they seem for a chunked DELETE, whose body is no second request', async () => {
    const { port, seen, host } = await setup();
    const client = await raw(port);
    const chunk = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
    client.send(
      `DELETE /a HTTP/1.1\r\n${host}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
    );
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen).toEqual(['DELETE /a']);
  });
});

describe('the way to other servers', () => {
  it('is closed: CONNECT', async () => {
    const { port, host } = await setup();
    const client = await raw(port);
    client.send(`CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 405 /);
  });

  it.each(['evil.example', 'web.localhost.evil.example', '10.0.0.1', 'web.localhost@evil.example'])(
    'is closed: Host %s',
    async (name) => {
      const { port, seen } = await setup();
      const client = await raw(port);
      client.send(`GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      expect(await client.closed()).toMatch(/^HTTP\/1\.1 421 /);
      expect(seen).toEqual([]);
    },
  );

  it('is closed for WebSockets of foreign names', async () => {
    const { port } = await setup();
    const client = await raw(port);
    client.send(
      'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 421 /);
  });
});

describe('limits', () => {
  it('end a head that is too large', async () => {
    const { port, host } = await setup();
    const client = await raw(port);
    client.send(`GET / HTTP/1.1\r\n${host}\r\nX-Large: ${'x'.repeat(limits.headBytes)}\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('let a head pass that is just large enough for many cookies', async () => {
    const { port, host } = await setup();
    const client = await raw(port);
    client.send(`GET / HTTP/1.1\r\n${host}\r\nConnection: close\r\nCookie: a=${'x'.repeat(12_000)}\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each(['GET / HTTP/1.1\r\nHost: a', 'POST / HTTP/1.1\r\nHost: a', 'G'])(
    'end a head that does not get whole in time: %j',
    async (beginning) => {
      const { port } = await startProxy([], { limits: { headMs: 300 } });
      const client = await raw(port);
      client.send(beginning);
      expect(await client.closed()).toMatch(/^HTTP\/1\.1 408 /);
    },
  );

  it('end connections on which nothing is asked', async () => {
    const { port } = await startProxy([], { limits: { idleMs: 200 } });
    expect(await (await raw(port)).closed()).toBe('');
  });

  it('refuse connections beyond their number, and serve again when one ended', async () => {
    const service = await origin((_, response) => response.end('served'));
    const { port } = await startProxy([{ tunnel: at(service.port) }], { limits: { connections: 3 } });
    const held = [await raw(port), await raw(port), await raw(port)];
    for (const client of held) {
      client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
      await client.until(/served/);
    }
    const refused = await raw(port);
    expect(await refused.closed()).toBe('');
    held[0]?.socket.destroy();
    await expect
      .poll(() =>
        ask(port).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});
