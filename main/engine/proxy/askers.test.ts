import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../base/secret.ts';
import { createPeers, type Peer, uidOf } from './peers.ts';
import { ask, at, closeAll, eventually, origin, raw, startProxy } from './testing/proxy.ts';
import type { ProxiedService } from './types.ts';

afterEach(closeAll);

/** A service that tells the key that it got. */
async function setup(options: { peer?: Peer; service?: Partial<ProxiedService> } = {}) {
  const heard: string[] = [];
  const service = await origin((request, response) => {
    heard.push(request.method ?? '');
    request.resume().on('end', () => response.end(request.headers.authorization ?? 'none'));
  });
  service.server.on('upgrade', (_request, socket) => {
    heard.push('upgrade');
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  });
  const { peer } = options;
  const { port, proxy } = await startProxy([{ tunnel: at(service.port), ownPort: 0, ...options.service }], {
    credential: () => new Secret('sk-kept'),
    ...(peer === undefined ? {} : { peers: { of: async () => peer } }),
  });
  return { port, proxy, heard, local: `http://web.localhost:${port}` };
}

describe('a kept key', () => {
  it('goes out for programs of the person who runs Gearway, found by the system', async () => {
    const { port } = await setup();
    expect((await ask(port)).body).toBe('Bearer sk-kept');
  });

  it.each<[Peer, Record<string, string>, string]>([
    ['self', {}, 'Bearer sk-kept'],
    ['self', { 'sec-fetch-site': 'same-origin' }, 'Bearer sk-kept'],
    ['self', { 'sec-fetch-site': 'cross-site' }, 'none'],
    ['self', { authorization: 'Bearer own' }, 'Bearer own'],
    ['self', { connection: 'authorization, close', authorization: 'Bearer own' }, 'Bearer own'],
    ['other', {}, 'none'],
    ['other', { 'sec-fetch-site': 'same-origin' }, 'none'],
    ['unknown', {}, 'none'],
    ['unknown', { 'sec-fetch-site': 'same-origin' }, 'Bearer sk-kept'],
    ['unknown', { 'sec-fetch-site': 'none' }, 'Bearer sk-kept'],
    ['unknown', { origin: 'https://evil.example' }, 'none'],
  ])('whose sender is %s, with %j: %s', async (peer, headers, expected) => {
    const { port } = await setup({ peer });
    for (const method of ['GET', 'HEAD', 'GET'])
      if (method === 'GET') expect((await ask(port, { headers })).body).toBe(expected);
  });

  it('is for the connection on which it was found, however many requests come on it', async () => {
    const { port } = await setup();
    const client = await raw(port);
    const get = `GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`;
    client.send(get + get + get);
    const heard = await client.until(/(?:sk-kept[\s\S]*){3}/);
    expect(heard.match(/200 OK/g)).toHaveLength(3);
  });

  it('has its row in the table of the system', async () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1E14 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1',
      '   1: 0100007F:1E14 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 2 1',
      '   2: 0100007F:C350 0100007F:1E14 01 00000000:00000000 00:00000000 00000000  1001        0 3 1',
      '   3: 0100007F:C351 0100007F:1E14 06 00000000:00000000 00:00000000 00000000  1002        0 0 3',
    ].join('\n');
    expect(uidOf(table, 50_000, 7700)).toBe(1001);
    expect(uidOf(table, 50_001, 7700)).toBeUndefined();
    expect(uidOf('', 1, 2)).toBeUndefined();
    expect(uidOf(await readFile('/proc/net/tcp', 'latin1').catch(() => ''), 1, 1)).toBeUndefined();
    expect(createPeers()).toBeDefined();
  });
});

describe('a page of another site', () => {
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://other.localhost:7700' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  it.each(foreign)('changes nothing and opens no WebSocket: %j', async (headers) => {
    const { port, heard, proxy } = await setup();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'BREW']) {
      const answer = await ask(port, { method, headers, body: 'x' });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({
        error: { code: 'cross_site_refused', service: 'web' },
      });
    }
    const client = await raw(port);
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    client.send(
      `GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n${fields.join('')}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 403 /);
    expect(heard).toEqual([]);
    expect(proxy.inspector.list({ only: 'failed' }).exchanges[0]).toMatchObject({
      status: 403,
      error: 'cross_site_refused',
    });
  });

  it('still reads what the service lets it read', async () => {
    const { port } = await setup();
    for (const method of ['GET', 'OPTIONS'])
      expect((await ask(port, { method, headers: { origin: 'https://evil.example' } })).status).toBe(200);
  });

  it('may, where the person allowed it for this service', async () => {
    const { port, heard } = await setup({ service: { allowsCrossSite: true } });
    const headers = { origin: 'https://trusted.example', 'sec-fetch-site': 'cross-site' };
    expect(await ask(port, { method: 'POST', headers })).toMatchObject({ status: 200, body: 'none' });
    expect(heard).toEqual(['POST']);
  });

  it('is another one than its own, and than a program', async () => {
    const { port, local } = await setup();
    const own: Record<string, string>[] = [{}, { origin: local }, { 'sec-fetch-site': 'same-origin' }];
    for (const headers of own) expect((await ask(port, { method: 'POST', headers })).status).toBe(200);
  });
});

describe('a port of its own', () => {
  const navigation = {
    'sec-fetch-dest': 'document',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
  };
  it('is opened by browsers under a name, which has a jar of its own for cookies', async () => {
    const { proxy } = await setup();
    await eventually(() => proxy.ownPort('a')?.kind === 'listening', 'it listens');
    const state = proxy.ownPort('a');
    const own = state?.kind === 'listening' ? state.port : 0;
    const host = `127.0.0.1:${own}`;
    const opened = await ask(own, { host, path: '/lab?a=1', headers: navigation });
    expect(opened).toMatchObject({
      status: 307,
      headers: { location: `http://web.localhost:${own}/lab?a=1` },
    });
    expect((await ask(own, { host: `web.localhost:${own}`, headers: navigation })).status).toBe(200);
    for (const headers of [
      {},
      { ...navigation, 'sec-fetch-dest': 'empty' },
      { ...navigation, 'user-agent': 'Mozilla/5.0 (Macintosh) Version/18.0 Safari/605.1.15' },
    ])
      expect((await ask(own, { host, headers })).status).toBe(200);
  });
});

describe('a container that is known to be stopped', () => {
  it.each([
    [false, 'is stopped. Start it in Gearway'],
    [true, 'is starting'],
  ])('is told at once, without a tunnel that nobody asked for (begins: %s)', async (begins, words) => {
    let opened = 0;
    const { port } = await startProxy([{ choice: 'auto', stopped: { container: 'vision-lab', begins } }], {
      openTunnel: async () => {
        opened += 1;
        return new Promise(() => {});
      },
    });
    const page = await ask(port, { headers: { accept: 'text/html' } });
    expect(page).toMatchObject({ status: 503, headers: { 'retry-after': '3' } });
    expect(page.body).toContain(`vision-lab ${words}`);
    expect(JSON.parse((await ask(port)).body)).toMatchObject({ error: { code: 'container_not_running' } });
    expect(opened).toBe(0);
  });
});
