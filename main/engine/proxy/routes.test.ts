import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ok } from '../../../shared/result.ts';
import { freePort } from '../../testing/index.ts';
import {
  absent,
  ask,
  at,
  closeAll,
  down,
  eventually,
  onClose,
  origin,
  raw,
  startProxy,
  tcpOrigin,
  up,
} from './testing/proxy.ts';

afterEach(closeAll);

describe('when a route fails', () => {
  it('an upload goes whole over the other one, because the first never stood', async () => {
    const gone = await freePort();
    const mapping = await origin((request, response) => {
      let bytes = 0;
      request.on('data', (part) => {
        bytes += part.length;
      });
      request.on('end', () => response.end(`${bytes}`));
    });
    const { port, failures } = await startProxy([
      { tunnel: at(gone), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    const body = Buffer.alloc(2_000_000, 'x');
    expect((await ask(port, { method: 'POST', body })).body).toBe('2000000');
    const chunked = { method: 'PUT', headers: { 'transfer-encoding': 'chunked' }, body };
    expect((await ask(port, chunked)).body).toBe('2000000');
    expect(failures).toContain('a tunnel tcp_refused');
  });

  it('a WebSocket opens over the other one', async () => {
    const gone = await freePort();
    const mapping = await origin(() => {});
    new WebSocketServer({ server: mapping.server }).on('connection', (socket) =>
      socket.on('message', (data) => socket.send(data)),
    );
    const { port } = await startProxy([{ tunnel: at(gone), public: `http://127.0.0.1:${mapping.port}` }]);
    const client = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: `web.localhost:${port}` } });
    onClose(() => client.terminate());
    const heard = await new Promise((resolve, reject) => {
      client.on('upgrade', (response) => resolve(response.headers['x-gearway-route']));
      client.on('error', reject);
    });
    expect(heard).toBe('public');
  });

  it('later requests go the other way first, until the route was asked anew', async () => {
    const gone = await freePort();
    const mapping = await origin((_, response) => response.end('ok'));
    const { port, failures } = await startProxy([
      { tunnel: at(gone), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    for (let count = 0; count < 5; count += 1) expect((await ask(port)).body).toBe('ok');
    expect(failures).toHaveLength(1);
  });

  it('a question that waits on a route which goes down is asked again, an order is not', async () => {
    let waiting = 0;
    const silent = await origin((request) => {
      request.resume();
      waiting += 1;
    });
    const mapping = await origin((_, response) => response.end('other way'));
    const service = {
      tunnel: at(silent.port),
      public: `http://127.0.0.1:${mapping.port}`,
    };
    const { port, set } = await startProxy([service]);
    const question = ask(port);
    const order = ask(port, { method: 'POST', body: 'x' });
    let ordered = false;
    order.then(
      () => {
        ordered = true;
      },
      () => {},
    );
    await eventually(() => waiting === 2, 'both wait');
    set([{ ...service, health: { public: up, tunnel: down } }]);
    expect((await question).body).toBe('other way');
    expect(ordered).toBe(false);
  });

  it('is looked at when a connection that served before says nothing, and left when it is found down', async () => {
    let asked = 0;
    const tunnel = await origin((_, response) => {
      asked += 1;
      if (asked === 1) response.end('at once');
    });
    const mapping = await origin((_, response) => response.end('other way'));
    const service = { tunnel: at(tunnel.port), public: `http://127.0.0.1:${mapping.port}` };
    const { port, set } = await startProxy([service], {
      onRouteSilent: (_, route) =>
        set([{ ...service, health: { public: up, tunnel: route === 'tunnel' ? down : up } }]),
    });
    const client = await raw(port);
    const question = `GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`;
    client.send(question);
    await client.until(/at once/);
    client.send(question);
    await client.until(/x-gearway-route: public[\s\S]*other way/i);
    expect(asked).toBe(2);
  });

  it('what is under way on it goes on to its end', async () => {
    let finish = () => {};
    const tunnel = await origin((_, response) => {
      response.write('first ');
      finish = () => response.end('last');
    });
    const mapping = await origin((_, response) => response.end('new'));
    const service = { tunnel: at(tunnel.port), public: `http://127.0.0.1:${mapping.port}` };
    const { port, set } = await startProxy([service]);
    const client = await raw(port);
    client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\nConnection: close\r\n\r\n`);
    await client.until(/first/);
    set([{ ...service, health: { public: up, tunnel: down } }]);
    expect((await ask(port)).body).toBe('new');
    finish();
    expect(await client.closed()).toContain('last');
  });

  it('a connection that stood and died without a word is tried anew for a question only', async () => {
    let asked = 0;
    const dies = await tcpOrigin((socket) =>
      socket.once('data', () => {
        asked += 1;
        socket.destroy();
      }),
    );
    const mapping = await origin((_, response) => response.end('ok'));
    const { port } = await startProxy([
      { tunnel: at(dies.port), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    expect((await ask(port, { method: 'DELETE' })).status).toBe(502);
    expect(asked).toBe(1);
    expect((await ask(port)).body).toBe('ok');
  });

  it('half an answer is cut and never glued to another one', async () => {
    const half = await tcpOrigin((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => socket.destroy());
      }),
    );
    const mapping = await origin((_, response) => response.end('other'));
    const { port } = await startProxy([
      { tunnel: at(half.port), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    const client = await raw(port);
    client.send(`GET / HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
    const heard = await client.closed();
    expect(heard.endsWith('half')).toBe(true);
  });

  it('an answer that is no HTTP is a failure of the route', async () => {
    const noise = await tcpOrigin((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    const { port } = await startProxy([{ tunnel: at(noise.port) }]);
    expect((await ask(port)).status).toBe(502);
  });
});

describe('when no route works', () => {
  const broken = { health: { public: down, tunnel: absent }, public: 'http://127.0.0.1:9' };

  it('a page says what is wrong with each, in the language of the reader, and loads itself again', async () => {
    const { port } = await startProxy([broken]);
    const page = await ask(port, { headers: { accept: 'text/html', 'accept-language': 'zh-CN,zh;q=0.9' } });
    expect(page).toMatchObject({ status: 502, headers: { 'retry-after': '3', 'content-language': 'zh-CN' } });
    expect(page.body).toContain('无法访问 web');
    expect(page.body).toContain('http-equiv="refresh"');
    const english = await ask(port, { headers: { accept: 'text/html', 'accept-language': 'fr, en;q=0.1' } });
    expect(english.body).toContain('web cannot be reached');
    expect(english.body).toContain('No tunnel is open.');
  });

  it('a program gets JSON with a code and the reason of each route', async () => {
    const { port } = await startProxy([broken]);
    const heard = await ask(port);
    expect(heard.status).toBe(502);
    expect(JSON.parse(heard.body)).toMatchObject({
      error: {
        code: 'no_healthy_route',
        service: 'web',
        routes: { public: { state: 'down', code: 'tcp_refused' }, tunnel: { state: 'absent', code: null } },
      },
    });
  });

  it('the tunnel that cannot be opened tells why', async () => {
    const { port } = await startProxy([{}], {
      openTunnel: async () => ({ ok: false, error: { code: 'ssh_login_refused' } }),
    });
    expect(JSON.parse((await ask(port)).body)).toMatchObject({
      error: { routes: { tunnel: { code: 'ssh_login_refused' } } },
    });
  });

  it('a tunnel that reaches nothing says so, instead of a connection that was cut', async () => {
    const resets = await tcpOrigin((socket) => socket.resetAndDestroy());
    const { port } = await startProxy([{ tunnel: at(resets.port) }], {
      tunnelError: () => ({ code: 'target_refused', params: { port: 7860 } }),
    });
    const page = await ask(port, { headers: { accept: 'text/html' } });
    expect(page.body).toContain('Nothing listens on port 7860 in the container.');
    expect(JSON.parse((await ask(port)).body)).toMatchObject({
      error: { routes: { tunnel: { code: 'target_refused' } } },
    });
  });

  it('names of services are shown as text', async () => {
    const { port } = await startProxy([]);
    const page = await ask(port, { host: `nobody.localhost:${port}`, headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.body).toContain('No service is called nobody');
  });
});

describe('a chosen route', () => {
  it('is kept, whatever the other one could do', async () => {
    const mapping = await origin((_, response) => response.end('public'));
    const { port } = await startProxy([
      { choice: 'tunnel', tunnel: at(await freePort()), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    expect((await ask(port)).status).toBe(502);
  });

  it('opens the tunnel that it needs', async () => {
    const tunnel = await origin((_, response) => response.end('opened'));
    const { port } = await startProxy([{ choice: 'tunnel' }], {
      openTunnel: async () => ok(at(tunnel.port)),
    });
    expect((await ask(port)).body).toBe('opened');
  });
});

describe('changes of the route', () => {
  it('are remembered with their reasons', async () => {
    const { proxy, set } = await startProxy([
      { tunnel: at(1), public: 'http://127.0.0.1:9', health: { public: up, tunnel: up } },
    ]);
    set([{ tunnel: at(1), public: 'http://127.0.0.1:9', health: { public: up, tunnel: down } }]);
    expect(proxy.changes('a').map(({ route, reason }) => [route, reason])).toEqual([
      ['tunnel', 'tunnel_healthy'],
      ['public', 'tunnel_down'],
    ]);
  });
});
