import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import {
  ask,
  at,
  closeAll,
  eventually,
  onClose,
  origin,
  raw,
  startProxy,
  tcpOrigin,
} from './testing/proxy.ts';

afterEach(closeAll);

async function throughTunnel(port: number) {
  return (await startProxy([{ tunnel: at(port), port: 8888 }])).port;
}
const get = (port: number, path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: web.localhost:${port}\r\n${more}\r\n`;

describe('what passes through the proxy', () => {
  it('keeps a connection for many requests, pipelined ones in their order', async () => {
    const service = await origin((request, response) => response.end(`<${request.url}>`));
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(get(port, '/1') + get(port, '/2') + get(port, '/3'));
    const heard = await client.until(/<\/3>/);
    expect(heard.match(/<\/\d>/g)).toEqual(['</1>', '</2>', '</3>']);
    client.send(get(port, '/4', 'Connection: close\r\n'));
    expect(await client.closed()).toContain('</4>');
  });

  it('takes a head that comes byte by byte', async () => {
    const service = await origin((request, response) => response.end(`<${request.url}>`));
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    for (const byte of get(port, '/slow')) client.send(byte);
    await client.until(/<\/slow>/);
  });

  it('leaves paths and queries as they are', async () => {
    const service = await origin((request, response) => response.end(`<${request.url}>`));
    const port = await throughTunnel(service.port);
    for (const path of ['//a//b/../c', '/a?', '/?x=1?y=2&z=%2F', '/%zz', '/a;b=c', "/it's|^`{}"]) {
      const client = await raw(port);
      client.send(get(port, path, 'Connection: close\r\n'));
      expect(await client.closed()).toContain(`<${path}>`);
    }
  });

  it('answers HEAD with the head alone, and 204 and 304 without a body', async () => {
    const service = await origin((request, response) => {
      const status = Number(request.url?.slice(1));
      response.writeHead(status, status === 200 ? { 'content-length': 1234, etag: '"e"' } : { etag: '"e"' });
      response.end();
    });
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(`HEAD /200 HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
    expect(await client.until(/\r\n\r\n/)).toMatch(/content-length: 1234/i);
    client.send(get(port, '/204') + get(port, '/304', 'Connection: close\r\n'));
    const heard = await client.closed();
    expect(heard.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 204', 'HTTP/1.1 304']);
  });

  it('passes ranges', async () => {
    const service = await origin((request, response) =>
      response
        .writeHead(206, { 'content-range': 'bytes 2-3/10', 'x-asked': request.headers.range ?? '' })
        .end('cd'),
    );
    const port = await throughTunnel(service.port);
    expect(await ask(port, { headers: { range: 'bytes=2-3' } })).toMatchObject({
      status: 206,
      body: 'cd',
      headers: { 'content-range': 'bytes 2-3/10', 'x-asked': 'bytes=2-3' },
    });
  });

  it('leaves compressed bodies alone', async () => {
    const zipped = gzipSync('hello');
    const service = await origin((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': zipped.length }).end(zipped),
    );
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(get(port, '/', 'Accept-Encoding: gzip\r\nConnection: close\r\n'));
    expect(await client.closed()).toContain(zipped.toString('latin1'));
  });

  it('passes chunks as they come and never joins them', async () => {
    const parts = ['one', 'two', 'three'];
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n',
        );
      }),
    );
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(get(port, '/'));
    const heard = await client.until(/three\r\n/);
    for (const part of parts) expect(heard).toContain(`${part.length}\r\n${part}\r\n`);
  });

  it('passes trailers both ways', async () => {
    const service = await origin((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { trailer: 'x-sum' });
        response.write('body');
        response.addTrailers({ 'x-sum': `got ${request.trailers['x-up']}` });
        response.end();
      });
    });
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(
      `POST / HTTP/1.1\r\nHost: web.localhost:${port}\r\nConnection: close\r\nTE: trailers\r\nTrailer: X-Up\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Up: 7\r\n\r\n`,
    );
    expect(await client.closed()).toMatch(/0\r\nx-sum: got 7\r\n\r\n$/i);
  });

  it('leaves it to the service to say 100 Continue', async () => {
    const service = await origin(() => {});
    service.server.on('checkContinue', (request, response) => {
      if (request.url === '/no') {
        response.writeHead(413, { connection: 'close' }).end('too large');
        return;
      }
      response.writeContinue();
      request.on('data', (part) => response.end(`got ${part}`));
    });
    const port = await throughTunnel(service.port);
    const post = (path: string) =>
      `POST ${path} HTTP/1.1\r\nHost: web.localhost:${port}\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
    const yes = await raw(port);
    yes.send(post('/yes'));
    await yes.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    yes.send('abc');
    await yes.until(/got abc/);
    const no = await raw(port);
    no.send(post('/no'));
    const heard = await no.until(/too large/);
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('hands an answer on that comes before the request is whole', async () => {
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno')),
    );
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(`POST / HTTP/1.1\r\nHost: web.localhost:${port}\r\nContent-Length: 1000000\r\n\r\nabc`);
    expect(await client.until(/\r\n\r\nno/)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('passes early hints', async () => {
    const service = await origin((_, response) => {
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.end('page');
    });
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(get(port, '/'));
    expect(await client.until(/page/)).toMatch(/^HTTP\/1\.1 103 [\s\S]*\r\n\r\nHTTP\/1\.1 200 /);
  });

  it('speaks HTTP/1.0 with those who do', async () => {
    const service = await origin((_, response) => {
      response.write('a');
      response.end('b');
    });
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(`GET / HTTP/1.0\r\nHost: web.localhost:${port}\r\n\r\n`);
    expect(await client.closed()).toMatch(/\r\n\r\nab$/);
  });

  it('takes an answer that ends with the connection', async () => {
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')),
    );
    const port = await throughTunnel(service.port);
    expect(await ask(port)).toMatchObject({ status: 200, body: 'until the end' });
  });

  it('carries several cookies and repeated headers whole', async () => {
    const service = await origin((request, response) =>
      response
        .writeHead(200, { 'set-cookie': ['a=1', 'b=2'], 'x-many': ['1', '2'] })
        .end(JSON.stringify(request.headers)),
    );
    const port = await throughTunnel(service.port);
    const heard = await ask(port, { headers: { cookie: 'a=1; b=2', 'x-up': ['1', '2'] } });
    expect(heard.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(heard.headers['x-many']).toBe('1, 2');
    expect(JSON.parse(heard.body)).toMatchObject({ cookie: 'a=1; b=2', 'x-up': '1, 2' });
  });

  it('serves those who offer another protocol as if they had not', async () => {
    const service = await origin((request, response) => response.end(`<${request.headers.upgrade}>`));
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(
      get(port, '/', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'),
    );
    expect(await client.until(/<undefined>/)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('large bodies', () => {
  const size = 24 * 1024 * 1024;
  const block = randomBytes(1024 * 1024);
  const sumOf = (blocks: number) => {
    const sum = createHash('sha256');
    for (let index = 0; index < blocks; index += 1) sum.update(block);
    return sum.digest('hex');
  };

  it.each([['with a length'], ['in chunks']])('go up and down whole, %s', async (how) => {
    const service = await origin((request, response) => {
      const sum = createHash('sha256');
      request.on('data', (part) => sum.update(part));
      request.on('end', () => {
        response.writeHead(200, {
          'x-sum': sum.digest('hex'),
          ...(how === 'in chunks' ? {} : { 'content-length': size }),
        });
        let left = size / block.length;
        const send = () => {
          while (left > 0) {
            left -= 1;
            if (!response.write(block)) {
              response.once('drain', send);
              return;
            }
          }
          response.end();
        };
        send();
      });
    });
    const port = await throughTunnel(service.port);
    const body = Buffer.concat(Array.from({ length: size / block.length }, () => block));
    const heard = await ask(port, {
      method: 'POST',
      headers: how === 'in chunks' ? { 'transfer-encoding': 'chunked' } : { 'content-length': `${size}` },
      body,
    });
    expect(heard.headers['x-sum']).toBe(sumOf(size / block.length));
  });

  it('wait for a client that reads slowly', async () => {
    let sent = 0;
    let far: Socket | undefined;
    const service = await tcpOrigin((socket) => {
      far = socket;
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n');
        const more = () => {
          while (sent < 400_000_000) {
            sent += block.length;
            if (!socket.write(block)) return;
          }
        };
        socket.on('drain', more);
        more();
      });
    });
    const port = await throughTunnel(service.port);
    const client = connect(at(port));
    onClose(() => client.destroy());
    client.pause();
    client.write(get(port, '/'));
    await eventually(() => sent > 0 && (far?.writableLength ?? 0) > 0, 'the service is held back');
    let before = -1;
    while (before !== sent) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    // Kernel buffers of three sockets and the blocks in between; nothing near the whole.
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a client that leaves', () => {
  it('takes the request at the service with it, before and after the answer began', async () => {
    let open = 0;
    let begun = 0;
    const service = await origin((request, response) => {
      begun += 1;
      open += 1;
      response.on('close', () => {
        open -= 1;
      });
      if (request.url === '/begun') response.write('x');
    });
    const port = await throughTunnel(service.port);
    for (const path of ['/silent', '/begun']) {
      const before = begun;
      const client = await raw(port);
      client.send(get(port, path));
      await (path === '/begun' ? client.until(/x/) : eventually(() => begun > before, 'the request arrives'));
      client.socket.destroy();
      await eventually(() => open === 0, `${path} is over at the service`);
    }
  });

  it('takes an upload with it', async () => {
    let aborted = false;
    let arrived = false;
    const service = await origin((request) => {
      arrived = true;
      request.resume();
      request.on('close', () => {
        aborted = !request.complete;
      });
    });
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(`POST / HTTP/1.1\r\nHost: web.localhost:${port}\r\nContent-Length: 1000\r\n\r\nabc`);
    await eventually(() => arrived, 'the upload arrives');
    client.socket.destroy();
    await eventually(() => aborted, 'the upload is over at the service');
  });
});

describe('WebSockets', () => {
  async function setup(onMessage: (socket: WebSocket, data: RawData, isBinary: boolean) => void) {
    const service = await origin(() => {});
    const server = new WebSocketServer({
      server: service.server,
      handleProtocols: (offered) => [...offered][1] ?? false,
    });
    server.on('connection', (socket) =>
      socket.on('message', (data, isBinary) => onMessage(socket, data, isBinary)),
    );
    const port = await throughTunnel(service.port);
    const client = new WebSocket(`ws://127.0.0.1:${port}/live?x=1`, ['one', 'two'], {
      headers: { host: `web.localhost:${port}`, origin: `http://web.localhost:${port}` },
    });
    onClose(() => client.terminate());
    await new Promise((resolve, reject) => {
      client.once('open', resolve);
      client.once('error', reject);
    });
    return { client, server };
  }

  it('pass text, binary, empty, large and fragmented messages, and the subprotocol', async () => {
    const { client } = await setup((socket, data, isBinary) => socket.send(data, { binary: isBinary }));
    expect(client.protocol).toBe('two');
    const heard: [number, boolean][] = [];
    client.on('message', (data: Buffer, isBinary) => heard.push([data.length, isBinary]));
    client.send('text');
    client.send(randomBytes(200));
    client.send('');
    client.send(randomBytes(3_000_000));
    client.send('frag', { fin: false });
    client.send('ment', { fin: true });
    await eventually(() => heard.length === 5, 'five messages come back');
    expect(heard).toEqual([
      [4, false],
      [200, true],
      [0, false],
      [3_000_000, true],
      [8, false],
    ]);
  });

  it('pass pings and pongs with what they carry', async () => {
    const { client, server } = await setup(() => {});
    const pings: string[] = [];
    const pongs: string[] = [];
    for (const socket of server.clients) socket.on('ping', (data) => pings.push(String(data)));
    client.on('pong', (data) => pongs.push(String(data)));
    client.ping('are you there');
    await eventually(() => pongs.length === 1, 'the pong comes back');
    expect([...pings, ...pongs]).toEqual(['are you there', 'are you there']);
  });

  it('pass close codes and reasons both ways', async () => {
    const { client } = await setup((socket) => socket.close(4321, 'enough'));
    client.send('stop');
    const closed = await new Promise((resolve) =>
      client.once('close', (code, reason) => resolve([code, String(reason)])),
    );
    expect(closed).toEqual([4321, 'enough']);
    const second = await setup(() => {});
    const far = new Promise((resolve) => {
      for (const socket of second.server.clients)
        socket.once('close', (code, reason) => resolve([code, String(reason)]));
    });
    second.client.close(4000, 'bye');
    expect(await far).toEqual([4000, 'bye']);
  });

  it('are cut at the service when the client vanishes, and the other way round', async () => {
    const one = await setup(() => {});
    one.client.terminate();
    await eventually(() => one.server.clients.size === 0, 'the service lost its client');
    const two = await setup(() => {});
    let closed = false;
    two.client.on('close', () => {
      closed = true;
    });
    for (const socket of two.server.clients) socket.terminate();
    await eventually(() => closed, 'the client lost its service');
  });

  it('get the answer of a service that refuses', async () => {
    const service = await origin(() => {});
    service.server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\nX-Why: origin\r\n\r\nno ws'),
    );
    const port = await throughTunnel(service.port);
    const client = await raw(port);
    client.send(
      get(
        port,
        '/',
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n',
      ),
    );
    const heard = await client.closed();
    expect(heard).toMatch(/^HTTP\/1\.1 403 /);
    expect(heard).toMatch(/x-why: origin/i);
    expect(heard).toContain('no ws');
  });
});
