import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ok } from '../../../shared/result.ts';
import { freePort } from '../../testing/index.ts';
import { silentLog, systemClock } from '../base/effects.ts';
import { createProxy } from './index.ts';
import { ask, at, closeAll, onClose, origin, startProxy as start } from './testing/proxy.ts';

afterEach(closeAll);

describe('the bundled proxy', () => {
  it('leads a name to its service and tells the route', async () => {
    const tunnel = await origin((_, response) => response.end('through the tunnel'));
    const mapping = await origin((_, response) => response.end('over the mapping'));
    const { port } = await start([
      { id: 'a', name: 'web', tunnel: at(tunnel.port), public: `http://127.0.0.1:${mapping.port}` },
      { id: 'b', name: 'api', public: `http://127.0.0.1:${mapping.port}` },
    ]);
    expect(await ask(port)).toMatchObject({
      body: 'through the tunnel',
      headers: { 'x-gearway-route': 'tunnel' },
    });
    expect(await ask(port, { host: `api.localhost:${port}` })).toMatchObject({
      body: 'over the mapping',
      headers: { 'x-gearway-route': 'public' },
    });
  });

  it('refuses foreign names and lists its own', async () => {
    const { port } = await start([{ public: 'http://127.0.0.1:9' }]);
    expect((await ask(port, { host: 'evil.example' })).status).toBe(421);
    const unknown = await ask(port, { host: 'other.localhost', headers: { accept: 'text/html' } });
    expect(unknown.status).toBe(404);
    expect(unknown.body).toContain(`http://web.localhost:${port}`);
  });

  it('shows a tunnelled service its own loopback address, and the address in the browser beside it', async () => {
    const tunnel = await origin((incoming, response) => response.end(JSON.stringify(incoming.headers)));
    const { port } = await start([{ tunnel: at(tunnel.port), port: 8888 }]);
    const local = `web.localhost:${port}`;
    const headers = { origin: `http://${local}`, referer: `http://${local}/lab?x=1` };
    expect(JSON.parse((await ask(port, { headers })).body)).toMatchObject({
      host: '127.0.0.1:8888',
      origin: 'http://127.0.0.1:8888',
      referer: 'http://127.0.0.1:8888/lab?x=1',
      'x-forwarded-host': local,
      'x-forwarded-proto': 'http',
    });
    const stranger = await ask(port, { headers: { origin: 'https://evil.example' } });
    expect(JSON.parse(stranger.body).origin).toBe('https://evil.example');
  });

  it('leads redirects to the local address and takes the domain from cookies', async () => {
    const tunnel = await origin((_, response) =>
      response
        .writeHead(302, {
          location: 'http://127.0.0.1:8888/login?next=/',
          'set-cookie': ['a=1; Domain=gear.example; Path=/', 'b=2'],
        })
        .end(),
    );
    const { port } = await start([{ tunnel: at(tunnel.port), port: 8888 }]);
    expect((await ask(port)).headers).toMatchObject({
      location: `http://web.localhost:${port}/login?next=/`,
      'set-cookie': ['a=1; Path=/', 'b=2'],
    });
  });

  it('passes events as they come', async () => {
    const tunnel = await origin((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const { port } = await start([{ tunnel: at(tunnel.port) }]);
    const first = await new Promise<string>((resolve, reject) => {
      request({ ...at(port), headers: { host: `web.localhost:${port}` } }, (response) => {
        response.once('data', (part) => {
          response.destroy();
          resolve(String(part));
        });
      })
        .on('error', reject)
        .end();
    });
    expect(first).toBe('data: 1\n\n');
  });

  it('passes WebSockets', async () => {
    const tunnel = await origin(() => {});
    const server = new WebSocketServer({ server: tunnel.server });
    server.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)));
    const { port } = await start([{ tunnel: at(tunnel.port) }]);
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: `web.localhost:${port}` } });
    const heard = await new Promise<string>((resolve, reject) => {
      socket.on('open', () => socket.send('hi'));
      socket.on('message', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    socket.close();
    expect(heard).toBe('echo hi');
  });

  it('sends a page again over the other route when the first one refuses', async () => {
    const gone = await freePort();
    const mapping = await origin((_, response) => response.end('still here'));
    const { port, failures } = await start([
      { tunnel: at(gone), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    expect((await ask(port)).body).toBe('still here');
    expect(failures).toEqual(['a tunnel tcp_refused']);
  });

  it('takes the 502 of the edge for what it is, and opens the tunnel', async () => {
    const edge = await origin((_, response) => response.writeHead(502).end('edge'));
    const tunnel = await origin((_, response) => response.end('by the tunnel'));
    const { port, failures } = await start([{ public: `http://127.0.0.1:${edge.port}` }], {
      openTunnel: async () => ok(at(tunnel.port)),
    });
    expect(await ask(port)).toMatchObject({ status: 200, body: 'by the tunnel' });
    // The lane for plain questions learns it first, then the one that has a second try.
    expect([...new Set(failures)]).toEqual(['a public public_bad_gateway']);
  });

  it('never sends an order twice once it may have arrived', async () => {
    let received = 0;
    const dies = await origin((incoming) => {
      received += 1;
      incoming.resume().on('end', () => incoming.socket.destroy());
    });
    const mapping = await origin((_, response) => {
      received += 1;
      response.end();
    });
    const { port } = await start([{ tunnel: at(dies.port), public: `http://127.0.0.1:${mapping.port}` }]);
    expect((await ask(port, { method: 'POST', body: 'pay' })).status).toBe(502);
    expect(received).toBe(1);
  });

  it('cuts an answer that was cut, instead of ending it', async () => {
    const tunnel = await origin((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.socket?.destroy());
    });
    const { port } = await start([{ tunnel: at(tunnel.port) }]);
    await expect(ask(port)).rejects.toThrow();
  });

  it('carries uploads whole', async () => {
    const tunnel = await origin((incoming, response) => incoming.pipe(response));
    const { port } = await start([{ tunnel: at(tunnel.port) }]);
    const body = 'x'.repeat(3_000_000);
    expect((await ask(port, { method: 'POST', body })).body.length).toBe(body.length);
  });

  it('says so when there is no way at all, in the form that the client takes', async () => {
    const { port } = await start([{}]);
    expect(await ask(port)).toMatchObject({
      status: 502,
      headers: { 'retry-after': '3', 'content-type': 'application/json' },
    });
    expect((await ask(port, { headers: { accept: 'text/html' } })).body).toContain(
      '<h1>web cannot be reached',
    );
  });

  it('takes another port when its own is taken', async () => {
    const { port } = await start([]);
    const second = createProxy({ clock: systemClock, log: silentLog });
    onClose(() => second.stop());
    const started = await second.start(port);
    expect(started.ok && started.value.port).not.toBe(port);
    expect(started.ok).toBe(true);
  });
});
