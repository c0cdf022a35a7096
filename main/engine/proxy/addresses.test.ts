import type { IncomingMessage, ServerResponse } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { freePort } from '../../testing/index.ts';
import { issue, makeAuthority } from '../local-addresses/authority.ts';
import { ask, at, closeAll, eventually, onClose, origin, raw, startProxy } from './testing/proxy.ts';
import type { OwnPort } from './types.ts';

afterEach(closeAll);

describe('a port of its own', () => {
  it('leads to its service by any name of loopback, and to no other', async () => {
    const service = await origin((request, response) => response.end(`${request.headers.host}`));
    const { proxy } = await startProxy([
      { tunnel: at(service.port), port: 7860, ownPort: 0 },
      { id: 'b', name: 'other', tunnel: at(service.port) },
    ]);
    await eventually(() => proxy.ownPort('a') !== undefined, 'it listens');
    const own = proxy.ownPort('a');
    const port = own?.kind === 'listening' ? own.port : 0;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `web.localhost:${port}`])
      expect(await ask(port, { host })).toMatchObject({ status: 200, body: '127.0.0.1:7860' });
    for (const host of ['evil.example', 'other.localhost'])
      expect((await ask(port, { host })).status).toBe(421);
  });

  it('shares no login with the port of another service, although browsers keep one jar for both', async () => {
    const answer = (name: string) => (request: IncomingMessage, response: ServerResponse) =>
      response
        .writeHead(200, { 'set-cookie': [`session=${name}; HttpOnly; Path=/`, `_xsrf=${name}; Path=/`] })
        .end(request.headers.cookie ?? 'none');
    const [first, second] = [await origin(answer('a')), await origin(answer('b'))];
    const { proxy } = await startProxy([
      { tunnel: at(first.port), ownPort: 0 },
      { id: 'b', name: 'other', tunnel: at(second.port), ownPort: 0 },
    ]);
    const portOf = (id: string) => {
      const own = proxy.ownPort(id);
      return own?.kind === 'listening' ? own.port : 0;
    };
    await eventually(() => portOf('a') > 0 && portOf('b') > 0, 'both listen');
    const jar = new Map<string, string>();
    const visit = async (id: string, method = 'GET') => {
      const port = portOf(id);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const heard = await ask(port, { method, host: `127.0.0.1:${port}`, headers: { cookie } });
      for (const set of heard.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        jar.set(name, value);
      }
      return heard.body;
    };
    await visit('a');
    await visit('b');
    // Scripts find theirs by name; nobody gets the login of another one. Both lanes agree.
    expect(jar.size).toBe(3);
    expect(await visit('a')).toBe('session=a; _xsrf=b');
    expect(await visit('b', 'POST')).toBe('_xsrf=a; session=b');
  });

  it('is closed when it is wished no more, and moves when it changes', async () => {
    const service = await origin((_, response) => response.end('ok'));
    const [first, second] = [await freePort(), await freePort()];
    const told: (OwnPort | undefined)[] = [];
    const { proxy, set } = await startProxy([{ tunnel: at(service.port), ownPort: first }], {
      onOwnPort: (id) => told.push(proxy.ownPort(id)),
    });
    const isAt = (port: number) => () => {
      const own = proxy.ownPort('a');
      return own?.kind === 'listening' && own.port === port;
    };
    await eventually(isAt(first), 'it listens');
    set([{ tunnel: at(service.port), ownPort: second }]);
    await eventually(isAt(second), 'it moved');
    await expect(ask(first)).rejects.toThrow();
    set([{ tunnel: at(service.port) }]);
    expect(proxy.ownPort('a')).toBeUndefined();
    expect(told).toEqual([
      { kind: 'listening', port: first },
      undefined,
      { kind: 'listening', port: second },
      undefined,
    ]);
    let isClosed = false;
    for (let tries = 0; tries < 100 && !isClosed; tries += 1)
      isClosed = await ask(second, { host: 'localhost' }).then(
        () => false,
        () => true,
      );
    expect(isClosed).toBe(true);
  });

  it('that is taken is told by its number', async () => {
    const taken = await origin(() => {});
    const { proxy } = await startProxy([{ ownPort: taken.port }]);
    await eventually(() => proxy.ownPort('a') !== undefined, 'it was tried');
    expect(proxy.ownPort('a')).toEqual({
      kind: 'failed',
      error: { code: 'local_port_busy', params: { port: taken.port } },
    });
  });
});

describe('HTTPS', () => {
  async function setup() {
    const service = await origin((request, response) => {
      const asked = JSON.stringify(request.headers);
      if (request.method === 'GET') response.end(asked);
      else request.resume().on('end', () => response.end('sent'));
    });
    new WebSocketServer({ server: service.server }).on('connection', (socket) => socket.send('hello'));
    const started = await startProxy([{ tunnel: at(service.port), port: 7860 }]);
    const authority = await makeAuthority(Date.now());
    started.proxy.secure({ for: (name) => issue(authority, name, Date.now()) });
    return { ...started, ca: authority.certificate, host: `web.localhost:${started.port}` };
  }

  it('is spoken on the same port as HTTP, with a certificate for the name', async () => {
    const { port, proxy, ca, host } = await setup();
    expect(proxy.url('web')).toBe(`https://${host}`);
    expect((await ask(port)).status).toBe(200);
    const body = await new Promise<string>((resolve, reject) => {
      get(
        { ...at(port), servername: 'web.localhost', ca, headers: { host, origin: `https://${host}` } },
        (answer) => {
          let text = '';
          answer.on('data', (part) => {
            text += part;
          });
          answer.on('end', () => resolve(text));
        },
      ).on('error', reject);
    });
    expect(JSON.parse(body)).toMatchObject({
      host: '127.0.0.1:7860',
      origin: 'http://127.0.0.1:7860',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
    });
  });

  it('carries everything that HTTP does on one connection', async () => {
    const { port, ca, host } = await setup();
    const socket = connect({ ...at(port), servername: 'web.localhost', ca });
    onClose(() => socket.destroy());
    let heard = '';
    socket.on('data', (part) => {
      heard += part;
    });
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    await eventually(() => heard.includes('x-forwarded-proto'), 'the first answer');
    socket.write(`POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\n\r\nabc`);
    await eventually(() => heard.includes('sent'), 'the second answer');
    const client = new WebSocket(`wss://127.0.0.1:${port}/`, [], {
      ca,
      headers: { host },
    });
    onClose(() => client.terminate());
    expect(await new Promise((resolve) => client.once('message', (data) => resolve(String(data))))).toBe(
      'hello',
    );
  });

  it('ends what begins like TLS and is none', async () => {
    const { port } = await setup();
    const client = await raw(port);
    client.send(Buffer.from([0x16, 3, 1, 0, 4, 1, 2, 3, 4]));
    await client.closed();
    expect((await ask(port)).status).toBe(200);
  });
});
