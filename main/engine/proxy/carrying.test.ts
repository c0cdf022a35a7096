import { createHash, randomBytes } from 'node:crypto';
import { get as ask } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { at, closeAll, eventually, origin, raw, startProxy, tcpOrigin } from './testing/proxy.ts';

afterEach(closeAll);

const get = (port: number, path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: web.localhost:${port}\r\n${more}\r\n`;

describe('plain questions', () => {
  it('use one connection to the service for one after the other', async () => {
    const service = await origin((request, response) => response.end(`<${request.url}>`));
    let connections = 0;
    service.server.on('connection', () => {
      connections += 1;
    });
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    for (let count = 0; count < 20; count += 1) {
      client.send(get(port, `/${count}`));
      await client.until(new RegExp(`</${count}>`));
    }
    expect(connections).toBe(1);
  });

  it('may be followed by anything on the same connection', async () => {
    const service = await origin((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => response.end(`<${request.method} ${request.url} ${body}>`));
    });
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/1'));
    await client.until(/<GET \/1 >/);
    client.send(`POST /2 HTTP/1.1\r\nHost: web.localhost:${port}\r\nContent-Length: 3\r\n\r\nabc`);
    await client.until(/<POST \/2 abc>/);
    client.send(get(port, '/3'));
    await client.until(/<GET \/3 >/);
    expect(proxy.inspector.list({}).exchanges.map(({ path }) => path)).toEqual(['/3', '/2', '/1']);
  });

  it('wait for each other when a client does not', async () => {
    let asked = 0;
    const service = await origin((request, response) => {
      asked += 1;
      setTimeout(() => response.end(`<${request.url}>`), request.url === '/1' ? 60 : 0);
    });
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/1'));
    await eventually(() => asked === 1, 'the first is at the service');
    client.send(get(port, '/2'));
    const heard = await client.until(/<\/2>/);
    expect(heard.indexOf('</1>')).toBeLessThan(heard.indexOf('</2>'));
  });

  it('are asked again when the idle connection had died, and nobody is blamed', async () => {
    let connections = 0;
    const service = await tcpOrigin((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      let asked = 0;
      socket.on('data', () => {
        asked += 1;
        if (isFirst && asked === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    const { port, failures } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/1'));
    await client.until(/ok$/);
    client.send(get(port, '/2'));
    await client.until(/ok[\s\S]*ok$/);
    expect(failures).toEqual([]);
    expect(connections).toBe(2);
  });

  it('get nothing of what a service says after its answer', async () => {
    const service = await tcpOrigin((socket) =>
      socket.on('data', () =>
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil',
        ),
      ),
    );
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/1'));
    await client.until(/ok$/);
    client.send(get(port, '/2'));
    const heard = await client.until(/ok[\s\S]*ok$/);
    expect(heard).not.toContain('evil');
  });

  it.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc'],
    ['a coding behind the chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n'],
    ['a switch that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
    ['a head without an end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
  ])('are answered with 502 when the service answers with %s', async (_name, answer) => {
    const service = await tcpOrigin((socket) => socket.once('data', () => socket.end(answer)));
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/'));
    expect(await client.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 502 /);
  });

  it('leave no connection behind, whether they end or are left', async () => {
    let open = 0;
    const service = await origin((request, response) => {
      if (request.url === '/end') response.end('x');
      else if (request.url === '/part') response.write('x');
    });
    service.server.on('connection', (socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
    });
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    for (let count = 0; count < 60; count += 1) {
      const path = ['/end', '/part', '/never'][count % 3] ?? '/end';
      const client = await raw(port);
      client.send(get(port, path));
      if (path !== '/never') await client.until(/x/);
      client.socket.resetAndDestroy();
    }
    // One idle connection is kept for the next question.
    await eventually(() => open <= 1, 'all but an idle connection are closed');
  });
});

describe('bodies that pass in memory which is used again', () => {
  it('stay what they were, several at a time, for clients that read slowly and for such that do not', async () => {
    const content = randomBytes(6_000_000);
    const wanted = createHash('sha256').update(content).digest('hex');
    const service = await origin((request, response) => {
      if (request.url === '/chunked') {
        for (let at = 0; at < content.length; at += 50_000) response.write(content.subarray(at, at + 50_000));
        response.end();
      } else response.end(content);
    });
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const hash = (path: string, isSlow: boolean, agent: false | undefined) =>
      new Promise<string>((resolve, reject) => {
        const headers = { host: `web.localhost:${port}` };
        ask({ ...at(port), path, headers, agent }, async (answer) => {
          const sum = createHash('sha256');
          for await (const part of answer) {
            sum.update(part);
            if (isSlow) await turn();
          }
          resolve(sum.digest('hex'));
        }).on('error', reject);
      });
    const all = ['/whole', '/chunked', '/whole', '/chunked'].flatMap((path) => [
      hash(path, true, undefined),
      hash(path, false, undefined),
      hash(path, false, false),
    ]);
    expect(new Set(await Promise.all(all))).toEqual(new Set([wanted]));
  });

  it('are followed by the end of the connection where the client asked for it', async () => {
    const service = await origin((_, response) => response.end('last'));
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(get(port, '/', 'Connection: close\r\n'));
    const heard = await client.closed();
    expect(heard).toMatch(/\r\nconnection: close\r\n/);
    expect(heard).toMatch(/last$/);
  });
});
