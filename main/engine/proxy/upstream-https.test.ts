import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { issue, makeAuthority } from '../local-addresses/authority.ts';
import { ask, closeAll, eventually, onClose, raw, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

const name = 'alice-web.gear.localhost';

/** An edge with a certificate for each name; who names none, or another, gets one for `other`. */
async function setup(trusted = true) {
  const authority = await makeAuthority(Date.now());
  const certificates = new Map<string, ReturnType<typeof createSecureContext>>();
  for (const known of [name, 'other.localhost'])
    certificates.set(known, createSecureContext(await issue(authority, known, Date.now())));
  const asked: string[] = [];
  const server = createServer(
    {
      ...(await issue(authority, 'other.localhost', Date.now())),
      SNICallback(servername, done) {
        asked.push(servername);
        done(null, certificates.get(servername) ?? certificates.get('other.localhost'));
      },
    },
    (request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => response.end(`${request.method} ${request.headers.host} ${body}`));
    },
  );
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => socket.send(data)),
  );
  const clients = new Set<Socket>();
  server.on('connection', (socket: Socket) => clients.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onClose(() => {
    for (const client of clients) client.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const far = (server.address() as AddressInfo).port;
  const started = await startProxy([
    { public: `https://${name}:${far}`, publicCa: trusted ? authority.certificate : undefined },
  ]);
  return { ...started, far, asked };
}

describe('a mapping with HTTPS', () => {
  it('is asked by its name, in TLS and in Host, by either lane', async () => {
    const { port, far, asked } = await setup();
    expect((await ask(port)).body).toBe(`GET ${name}:${far} `);
    expect((await ask(port, { method: 'POST', body: 'abc' })).body).toBe(`POST ${name}:${far} abc`);
    expect(new Set(asked)).toEqual(new Set([name]));
  });

  it('keeps its connection for the next question', async () => {
    const { port, asked } = await setup();
    const client = await raw(port);
    for (let count = 1; count <= 5; count += 1) {
      client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
      await client.until(new RegExp(`(?:GET ${name}[^]*){${count}}`));
    }
    expect(asked).toEqual([name]);
  });

  it('carries WebSockets and replays', async () => {
    const { port, proxy, asked } = await setup();
    const client = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: `web.localhost:${port}` } });
    onClose(() => client.terminate());
    client.once('open', () => client.send('over TLS'));
    expect(await new Promise((resolve) => client.once('message', (data) => resolve(String(data))))).toBe(
      'over TLS',
    );
    await ask(port, { path: '/again' });
    await eventually(
      () => proxy.inspector.list({ text: '/again' }).exchanges[0]?.state === 'done',
      'the end',
    );
    const id = proxy.inspector.list({ text: '/again' }).exchanges[0]?.id ?? '';
    const wish = { id, routes: 'same', confirmed: false } as const;
    const replayed = await proxy.replays.send(wish, new AbortController().signal);
    expect(replayed).toMatchObject({ ok: true, value: { answers: [{ kind: 'answered', status: 200 }] } });
    expect(new Set(asked)).toEqual(new Set([name]));
  });

  it('whose certificate nobody vouches for gets no request, and the page says so', async () => {
    const { port, failures } = await setup(false);
    const answer = await ask(port, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: 'no_healthy_route', routes: { public: { code: 'tls_failed' } } },
    });
    expect(failures).toContain('a public tls_failed');
  });
});
