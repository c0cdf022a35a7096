import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../testing/index.ts';
import { at, closeAll, eventually, raw, startProxy, tcpOrigin, up } from './testing/proxy.ts';

afterEach(closeAll);

const handshake = (port: number) =>
  `GET /live HTTP/1.1\r\nHost: web.localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';
const agreed =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Far: 1\r\n\r\n';

describe('a WebSocket on raw sockets', () => {
  it('opens when the answer comes in pieces, with the first message right behind it', async () => {
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => {
        for (const byte of agreed) socket.write(byte);
        socket.write('\x81\x02hi');
      }),
    );
    const { port } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(handshake(port));
    const heard = await client.until(/\x81.hi$/);
    expect(heard).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(heard).toContain(
      'X-Far: 1\r\nx-gearway-route: tunnel\r\nconnection: Upgrade\r\nupgrade: websocket',
    );
  });

  it('hands on what the client said too early, over the second route too', async () => {
    const heard: string[] = [];
    const service = await tcpOrigin((socket) => {
      socket.once('data', () => socket.write(agreed));
      socket.on('data', (part) => heard.push(part.toString('latin1')));
    });
    const { port } = await startProxy([
      { tunnel: at(await freePort()), public: `http://127.0.0.1:${service.port}` },
    ]);
    const client = await raw(port);
    client.send(`${handshake(port)}early`);
    await client.until(/101/);
    client.send(' late');
    await eventually(() => heard.join('').endsWith('early late'), 'everything arrives in its order');
  });

  it('is tried over the other route when the edge answers in place of the service', async () => {
    const edge = await tcpOrigin((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 4\r\n\r\nedge')),
    );
    const service = await tcpOrigin((socket) => socket.once('data', () => socket.write(agreed)));
    const { port, set } = await startProxy([]);
    const both = { public: `http://127.0.0.1:${edge.port}`, tunnel: at(service.port) };
    set([{ ...both, health: { public: up, tunnel: { state: 'unknown' } } }]);
    const client = await raw(port);
    client.send(handshake(port));
    expect(await client.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 101 [\s\S]*x-gearway-route: tunnel/);
  });

  it.each([
    [
      'in chunks',
      'Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n',
      false,
      /\r\n\r\n2\r\nno\r\n0\r\n\r\n$/,
    ],
    ['until the end', '\r\nno', true, /\r\n\r\nno$/],
    ['without a body', 'Content-Length: 0\r\n\r\n', false, /\r\nconnection: close\r\n\r\n$/],
  ])('hears a refusal whole, %s', async (_name, rest, ends, expected) => {
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 403 Forbidden\r\n${rest}`);
        if (ends) socket.end();
      }),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(handshake(port));
    const heard = await client.closed();
    expect(heard).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(heard).toMatch(expected);
    expect(proxy.inspector.list({}).exchanges[0]).toMatchObject({ status: 403, state: 'done' });
  });

  it('takes the request at the service with it when the client leaves before the answer', async () => {
    let open = 0;
    const service = await tcpOrigin((socket) => {
      open += 1;
      socket.on('close', () => {
        open -= 1;
      });
      socket.resume();
    });
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const client = await raw(port);
      client.send(handshake(port));
      await eventually(() => open === 1, 'it arrives');
      client.socket[leave]();
      await eventually(() => open === 0, `it is over at the service after ${leave}`);
    }
    expect(proxy.inspector.list({}).exchanges.map(({ state }) => state)).toEqual(['cut', 'cut']);
  });

  it('is answered with 502 when what answers is no HTTP', async () => {
    const service = await tcpOrigin((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    const { port, failures } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(handshake(port));
    expect(await client.closed()).toMatch(/^HTTP\/1\.1 502 /);
    expect(failures).toEqual(['a tunnel connection_lost']);
  });

  it('waits for the side that reads slowly, in both directions', async () => {
    const block = Buffer.alloc(256 * 1024, 'x');
    let sent = 0;
    let far = (_: boolean) => {};
    const service = await tcpOrigin((socket) =>
      socket.once('data', () => {
        socket.write(agreed);
        socket.pause();
        far = (reads) => {
          if (reads) socket.resume();
        };
        const more = () => {
          while (sent < 256 * 1024 * 1024) {
            sent += block.length;
            if (!socket.write(block)) return;
          }
        };
        socket.on('drain', more);
        more();
      }),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    client.send(handshake(port));
    await client.until(/101/);
    client.socket.pause();
    let asked = 0;
    const more = () => {
      while (asked < 256 * 1024 * 1024) {
        asked += block.length;
        if (!client.socket.write(block)) return;
      }
    };
    client.socket.on('drain', more);
    more();
    let before = '';
    while (before !== `${sent} ${asked}`) {
      before = `${sent} ${asked}`;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    // Kernel buffers of four sockets and what may wait in between; nothing near the whole.
    expect(sent).toBeLessThan(64 * 1024 * 1024);
    expect(asked).toBeLessThan(64 * 1024 * 1024);
    const held = proxy.inspector.list({}).exchanges[0]?.bytesUp ?? 0;
    far(true);
    await eventually(
      () => (proxy.inspector.list({}).exchanges[0]?.bytesUp ?? 0) > held + 8 * 1024 * 1024,
      'it flows again',
    );
  });
});
