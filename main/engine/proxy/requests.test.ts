import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { at, closeAll, raw, startProxy, tcpOrigin } from './testing/proxy.ts';

afterEach(closeAll);

/** A service that tells what it heard, byte by byte. */
async function setup() {
  const heard: string[] = [];
  const service = await tcpOrigin((socket: Socket) => {
    let text = '';
    socket.on('data', (part) => {
      text += part.toString('latin1');
      if (!text.includes('\r\n\r\n')) return;
      heard.push(text);
      text = '';
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  const { port } = await startProxy([{ tunnel: at(service.port), port: 8888 }]);
  return { port, heard, host: `web.localhost:${port}` };
}

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('requests that curl and nginx send on', () => {
  it.each<[string, string, string]>([
    ['UTF-8 in the path', bytes('GET /文件?名=à HTTP/1.1'), bytes('GET /文件?名=à HTTP/1.1')],
    ['a method of its own', 'PURGE /a HTTP/1.1', 'PURGE /a HTTP/1.1'],
    ['a method with odd letters', 'M-SEARCH!~ /a HTTP/1.1', 'M-SEARCH!~ /a HTTP/1.1'],
    ['brackets and quotes', `GET /a[0]{"b"}|c\\d^e\`f<g> HTTP/1.1`, `GET /a[0]{"b"}|c\\d^e\`f<g> HTTP/1.1`],
  ])('pass with %s', async (_name, line, expected) => {
    const { port, heard, host } = await setup();
    const client = await raw(port);
    client.send(Buffer.from(`${line}\r\nHost: ${host}\r\n\r\n`, 'latin1'));
    expect(await client.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(heard[0]?.startsWith(`${expected}\r\n`)).toBe(true);
  });

  it('pass with three hundred fields, each of them, and with bytes that are UTF-8', async () => {
    const { port, heard, host } = await setup();
    const fields = Array.from({ length: 300 }, (_, index) => `X-${index}: ${bytes('à')}\r\n`).join('');
    const client = await raw(port);
    client.send(Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\n${fields}\r\n`, 'latin1'));
    await client.until(/ok$/);
    expect(heard[0]).toContain(fields);
  });

  it('keep their body framed when Connection names the frame', async () => {
    const { port, heard, host } = await setup();
    const client = await raw(port);
    client.send(
      `POST / HTTP/1.1\r\nHost: ${host}\r\nConnection: Content-Length, Host, X-Hop\r\nX-Hop: 1\r\nContent-Length: 2\r\n\r\nup`,
    );
    await client.until(/ok$/);
    expect(heard[0]).toMatch(/\r\nContent-Length: 2\r\n/);
    expect(heard[0]).toMatch(/\r\nHost: 127\.0\.0\.1:8888\r\n/);
    expect(heard[0]).not.toMatch(/x-hop/i);
    expect(heard[0]).not.toMatch(/\r\nconnection:/i);
  });

  it('are read anew in their chunks: nothing that a client writes around them goes on', async () => {
    const { port, heard, host } = await setup();
    const client = await raw(port);
    client.send(
      `POST / HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n0003;x="y"\r\nabc\r\n0;z\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n`,
    );
    await client.until(/ok$/);
    expect(heard.join('')).toMatch(/\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n$/);
  });
});

describe('WebSockets that curl and nginx open', () => {
  const agreed = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  it.each([
    ['with a length of nothing', 'Upgrade: websocket\r\nContent-Length: 0', /\r\nContent-Length: 0\r\n/],
    ['among other protocols', 'Upgrade: websocket, foo', /\r\nupgrade: websocket, foo\r\n/],
    ['in odd case', 'Upgrade: WebSocket', /\r\nupgrade: WebSocket\r\n/],
    ['with 102 before the agreement', 'Upgrade: websocket\r\nX-First: 1', /upgrade/],
  ])('open %s', async (_name, fields, expected) => {
    let heard = '';
    const service = await tcpOrigin((socket) =>
      socket.on('data', (part) => {
        heard += part.toString('latin1');
        if (!heard.endsWith('\r\n\r\n')) return;
        socket.write(`${/x-first/i.test(heard) ? 'HTTP/1.1 102 Processing\r\n\r\n' : ''}${agreed}hello`);
      }),
    );
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(
      `GET /live HTTP/1.1\r\nHost: web.localhost:${port}\r\nConnection: keep-alive, Upgrade\r\n${fields}\r\n\r\n`,
    );
    expect(await client.until(/hello$/)).toMatch(/HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(heard).toMatch(expected);
  });

  it('are refused with a sentence where they bring a body', async () => {
    const { port, heard, host } = await setup();
    const client = await raw(port);
    client.send(
      `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\nup`,
    );
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 400 [\s\S]*could be read in two ways/);
    expect(heard).toEqual([]);
  });
});

describe("the service's own 503 over its mapping", () => {
  const busy = 'HTTP/1.1 503 Busy Here\r\nContent-Length: 4\r\nX-Why: queue\r\n\r\nbusy';
  const ways = {
    GET: 'GET / HTTP/1.1\r\nHost: HOST\r\n\r\n',
    'a large GET': `GET /?${'q'.repeat(9_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`,
    OPTIONS: 'OPTIONS / HTTP/1.1\r\nHost: HOST\r\n\r\n',
    POST: 'POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\n\r\nup',
    'a WebSocket': 'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  };
  const cases = Object.entries(ways);
  const service = () => tcpOrigin((socket) => socket.on('data', () => socket.write(busy)));

  it.each(cases)('is passed to %s where there is no other route', async (_name, request) => {
    const { port: far } = await service();
    const { port } = await startProxy([{ public: `http://127.0.0.1:${far}` }]);
    const client = await raw(port);
    client.send(request.replace('HOST', `web.localhost:${port}`));
    expect(await client.until(/busy$/)).toMatch(/^HTTP\/1\.1 503 Busy Here\r\n[\s\S]*X-Why: queue/);
  });

  it.each(cases)('is passed to %s where the other route brings no answer', async (_name, request) => {
    const { port: far } = await service();
    const { port } = await startProxy([{ public: `http://127.0.0.1:${far}` }], {
      openTunnel: async () => ({ ok: false, error: { code: 'ssh_login_refused' } }),
    });
    const client = await raw(port);
    client.send(request.replace('HOST', `web.localhost:${port}`));
    expect(await client.until(/busy$/)).toMatch(
      /^HTTP\/1\.1 503 Busy Here\r\n[\s\S]*x-gearway-route: public/,
    );
  });

  it('gives way to an answer over the other route', async () => {
    const { port: far } = await service();
    const tunnel = await tcpOrigin((socket) =>
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')),
    );
    const { port } = await startProxy([{ public: `http://127.0.0.1:${far}` }], {
      openTunnel: async () => ok(at(tunnel.port)),
    });
    const client = await raw(port);
    client.send(ways.OPTIONS.replace('HOST', `web.localhost:${port}`));
    expect(await client.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('localhost', () => {
  const host = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  it('may be ::1 for a service, and is for clients of ours', async () => {
    const service = await tcpOrigin((socket) => socket.on('data', () => socket.write(host)), '::1');
    const { port } = await startProxy([{ tunnel: { host: 'localhost', port: service.port } }]);
    for (const from of ['127.0.0.1', '::1']) {
      const client = await raw(port, from);
      client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
      expect(await client.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it('may be 127.0.0.1 for a service', async () => {
    const service = await tcpOrigin((socket) => socket.on('data', () => socket.write(host)));
    const { port } = await startProxy([{ public: `http://localhost:${service.port}` }]);
    const client = await raw(port);
    client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
    expect(await client.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
