import { createHash } from 'node:crypto';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { titleOf } from './get-once.ts';
import { greetingOf } from './greeting.ts';
import { probePublic } from './probe-public.ts';
import { probeTunnel } from './probe-tunnel.ts';
import { loadsInsecurely } from './shape.ts';

/** RFC 6455 §1.3. */
const socketMagic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const http = (answer: RequestListener) => listen(createHttpServer(answer));
const tcp = (serve: (socket: Socket) => void) => listen(createServer(serve));
const options = (timeoutMs = 3_000) => ({ now: () => 42, signal: new AbortController().signal, timeoutMs });
const failure = (facts: Awaited<ReturnType<typeof probePublic>>) =>
  facts.steps.flatMap((step) => (step.kind === 'failed' ? [`${step.name} ${step.error.code}`] : []))[0];

const nginxPage =
  '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx/1.25.3</center></body></html>';

describe('a probe of a public address', () => {
  it('times each step in its order and reads the title', async () => {
    const port = await http((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Vision  Lab</title>'),
    );
    const facts = await probePublic({ url: `http://demo-web.gear.localhost:${port}` }, options());
    expect(facts.steps.map((step) => `${step.name} ${step.kind}`)).toEqual([
      'name ok',
      'tcp ok',
      'firstByte ok',
      'http ok',
    ]);
    expect(facts).toMatchObject({ at: 42, status: 200, title: 'Vision Lab' });
  });

  it.each([
    [404, {}, undefined],
    [401, {}, undefined],
    [302, { location: 'https://elsewhere.example/' }, undefined],
    [502, {}, 'http public_bad_gateway'],
    [503, {}, 'http public_bad_gateway'],
    [504, {}, 'http public_timeout'],
    [524, {}, 'http public_timeout'],
    [500, {}, 'http public_error_status'],
  ] as const)('takes %i with %j as %s', async (status, headers, expected) => {
    const port = await http((_, response) => response.writeHead(status, headers).end());
    const facts = await probePublic({ url: `http://a.localhost:${port}` }, options());
    expect(failure(facts)).toBe(expected);
    expect(facts.status).toBe(status);
  });

  it.each<[string, (path: string) => [number, string], string | undefined]>([
    ['the text of an ingress at every path', () => [404, 'default backend - 404'], 'http public_not_found'],
    ['the page of nginx at every path', () => [404, nginxPage], 'http public_not_found'],
    ['such a page at / only', (path) => (path === '/' ? [404, nginxPage] : [200, 'here']), undefined],
    ['its own words at every path', () => [404, '{"detail":"Not Found"}'], undefined],
    ['a long page of its own', () => [404, `${nginxPage}${' '.repeat(4_000)}`], undefined],
  ])('tells the 404 of an edge from that of a service, by %s', async (_what, say, expected) => {
    const asked: string[] = [];
    const port = await http((request, response) => {
      asked.push(request.url ?? '');
      const [status, body] = say(request.url ?? '');
      response.writeHead(status).end(body);
    });
    const facts = await probePublic({ url: `http://a.localhost:${port}` }, options());
    expect(failure(facts)).toBe(expected);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('asks about WebSocket when it is told to, and sends nothing after the handshake', async () => {
    let after = 0;
    const server = createHttpServer((_, response) => response.end('here'));
    server.on('upgrade', (request, socket: Socket) => {
      const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${socketMagic}`);
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key.digest('base64')}\r\n\r\n`,
      );
      socket.on('data', () => {
        after += 1;
      });
      socket.on('error', () => {});
    });
    const speaks = await listen(server);
    const pages = await http((_, response) => response.end('here'));
    const broken = await http(({ headers }, response) =>
      headers.upgrade === undefined ? response.end('here') : response.destroy(),
    );
    const ask = async (port: number, upgrade: boolean) => {
      const how = { ...options(), upgrade };
      const facts = await probePublic({ url: `http://a.localhost:${port}` }, how);
      const tunnel = await probeTunnel({ host: '127.0.0.1', port, protocol: 'http' }, how);
      return [failure(facts) ?? facts.upgrade, failure(tunnel) ?? tunnel.upgrade];
    };
    expect(await ask(speaks, true)).toEqual(['switched', 'switched']);
    expect(await ask(pages, true)).toEqual(['not_switched', 'not_switched']);
    expect(await ask(broken, true)).toEqual([undefined, undefined]);
    expect(await ask(speaks, false)).toEqual([undefined, undefined]);
    expect(after).toBe(0);
  });

  it('is done with a page that never ends', async () => {
    const port = await http((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    });
    expect(failure(await probePublic({ url: `http://a.localhost:${port}` }, options()))).toBeUndefined();
  });

  it('says where it broke: refused, cut off, silent, no TLS', async () => {
    const gone = await tcp(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const cut = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const silent = await tcp(() => {});
    const plain = await http((_, response) => response.end());
    const at = (url: string, ms?: number) => probePublic({ url }, options(ms)).then(failure);
    expect(await at(`http://a.localhost:${gone}`)).toBe('tcp tcp_refused');
    expect(await at(`http://a.localhost:${cut}`)).toBe('firstByte connection_lost');
    expect(await at(`http://a.localhost:${silent}`, 200)).toBe('firstByte public_timeout');
    expect(await at(`https://a.localhost:${plain}`)).toBe('tls tls_failed');
    expect(await at('http://does-not-exist.invalid/')).toBe('name name_unresolved');
  });

  it('asks a harmless question: to read, without a body or a login, and goes nowhere else', async () => {
    const asked: object[] = [];
    let taken = 0;
    const elsewhere = await http((_, response) => {
      asked.push({ elsewhere: true });
      response.end();
    });
    const port = await http(({ method, url, headers }, response) => {
      asked.push({ method, url, names: Object.keys(headers).sort(), accept: headers.accept });
      response.writeHead(302, { location: `http://127.0.0.1:${elsewhere}/`, 'content-type': 'text/html' });
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) taken += 16_384;
        response.once('drain', write);
      };
      write();
    });
    const question = {
      method: 'GET',
      url: '/',
      names: ['accept', 'connection', 'host', 'user-agent'],
      accept: 'application/json, text/html',
    };
    await probePublic({ url: `http://demo-web.gear.localhost:${port}` }, options());
    expect(asked).toEqual([question]);
    await probeTunnel({ host: '127.0.0.1', port, protocol: 'http' }, options());
    expect(asked).toEqual([question, question]);
    // A page without an end is left at 64 KiB; what stands in buffers on the way is the system's.
    expect(taken).toBeLessThan(16 * 1024 * 1024);
  });

  it('ends with its signal', async () => {
    const port = await tcp(() => {});
    const controller = new AbortController();
    const asked = probePublic(
      { url: `http://a.localhost:${port}` },
      { ...options(), signal: controller.signal },
    );
    controller.abort();
    expect(failure(await asked)).toContain('cancelled');
  });
});

describe('a probe through a tunnel', () => {
  const ask = async (port: number, protocol: 'http' | 'tcp' | 'unknown', ms?: number) =>
    probeTunnel({ host: '127.0.0.1', port, protocol }, options(ms));

  it('asks for a page and takes any answer', async () => {
    const port = await http((_, response) => response.writeHead(404).end());
    expect(await ask(port, 'unknown')).toMatchObject({ status: 404 });
  });

  it('notices that the answer is no HTTP, and what it is', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.end('-ERR unknown command\r\n')));
    expect(await ask(port, 'unknown')).toMatchObject({ greeting: 'redis' });
  });

  it('speaks otherwise to a server that hangs up on HTTP without a word', async () => {
    const redis = await tcp((socket) =>
      socket.once('data', (bytes) => socket.end(String(bytes) === 'PING\r\n' ? '+PONG\r\n' : '')),
    );
    const postgres = await tcp((socket) =>
      socket.once('data', (bytes) => socket.end(bytes.length === 8 ? 'N' : '')),
    );
    expect(await ask(redis, 'unknown')).toMatchObject({ greeting: 'redis' });
    expect(await ask(postgres, 'unknown')).toMatchObject({ greeting: 'postgresql' });
    expect(failure(await ask(redis, 'http'))).toBe('firstByte connection_lost');
  });

  it('listens first to a raw service, then says a word that changes nothing', async () => {
    const speaksFirst = await tcp((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    const waits = await tcp((socket) =>
      socket.once('data', (bytes) => socket.write(String(bytes) === 'PING\r\n' ? '+PONG\r\n' : '?')),
    );
    const postgres = await tcp((socket) =>
      socket.once('data', (bytes) => (bytes.length === 8 ? socket.write('N') : socket.end())),
    );
    expect(await ask(speaksFirst, 'tcp')).toMatchObject({ greeting: 'ssh' });
    expect(await ask(waits, 'tcp')).toMatchObject({ greeting: 'redis' });
    expect(await ask(postgres, 'tcp')).toMatchObject({ greeting: 'postgresql' });
  });

  it('counts no time in which it only listened', async () => {
    const waits = await tcp((socket) => socket.once('data', () => socket.write('+PONG\r\n')));
    const begunAt = performance.now();
    const facts = await ask(waits, 'tcp');
    const mostMs = performance.now() - begunAt - 390;
    expect(facts.firstByteMs).toBeLessThan(mostMs);
    expect(facts.totalMs).toBeLessThan(mostMs);
    expect(facts.steps.every((step) => step.kind === 'ok' && step.ms < mostMs)).toBe(true);
  });

  it('fails when the far side resets, or never speaks', async () => {
    const reset = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const silent = await tcp(() => {});
    expect(failure(await ask(reset, 'unknown'))).toBe('firstByte connection_lost');
    expect(failure(await ask(silent, 'unknown', 200))).toBe('firstByte target_silent');
    expect(failure(await ask(silent, 'tcp', 5_000))).toBe('firstByte target_silent');
  });
});

describe('what a page loads', () => {
  it.each([
    ['<script src="http://demo.gear.example/app.js">', true],
    ['<script type="module" src="https://demo.gear.example/app.js">', false],
    ['<script src="/app.js"></script><a href="http://elsewhere.example/">', false],
    ['<link rel="stylesheet" href="http://demo.gear.example/a.css">', true],
    ['<link rel="canonical" href="http://demo.gear.example/">', false],
    ['window.gradio_config = {"version":"6.2","root":"http://demo.gear.example"}', true],
    ['window.gradio_config = {"version":"6.2","root":"https://demo.gear.example"}', false],
    ['', false],
  ])('%j: insecurely %j', (body, expected) => {
    expect(loadsInsecurely(body)).toBe(expected);
  });
});

describe('what the first bytes tell', () => {
  it.each([
    ['SSH-2.0-dropbear', 'ssh'],
    ['+PONG\r\n', 'redis'],
    ['-NOAUTH Authentication required.\r\n', 'redis'],
    ['RFB 003.008\n', 'vnc'],
    ['220 mail.example ESMTP', 'smtp'],
    ['J\0\0\0\n8.0.36\0', 'mysql'],
    ["E\0\0\0\u00ffj\u0004Host '10.0.0.9' is not allowed to connect to this MariaDB server", 'mysql'],
    ['', undefined],
    ['HTTP/1.1 400 Bad Request', undefined],
  ])('%j is %s', (bytes, name) => {
    expect(greetingOf(Buffer.from(bytes, 'latin1'))).toBe(name);
  });

  it.each([
    ['<TITLE lang="en">\n A &amp; B\n</TITLE>', 'A & B'],
    ['<title></title>', undefined],
    ['no title', undefined],
    [`<title>${'x'.repeat(400)}</title>`, 'x'.repeat(120)],
  ])('the title of %j is %j', (body, title) => {
    expect(titleOf(body)).toBe(title);
  });
});
