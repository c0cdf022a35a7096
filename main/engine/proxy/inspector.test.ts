import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { freePort } from '../../testing/index.ts';
import { Secret } from '../base/secret.ts';
import { toCurl, toHar } from './inspector/index.ts';
import { ask, at, closeAll, eventually, onClose, origin, raw, startProxy } from './testing/proxy.ts';

afterEach(closeAll);

describe('the inspector', () => {
  it('keeps method, path, status, sizes, route and the parts of the time', async () => {
    const service = await origin((request, response) =>
      request.resume().on('end', () => response.writeHead(201).end('four')),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    await ask(port, { method: 'POST', path: '/a?b=1', body: 'abc' });
    await eventually(() => proxy.inspector.list({}).exchanges[0]?.state === 'done', 'it is over');
    const [one] = proxy.inspector.list({}).exchanges;
    expect(one).toMatchObject({
      method: 'POST',
      path: '/a?b=1',
      status: 201,
      route: 'tunnel',
      kind: 'http',
      bytesUp: 3,
      bytesDown: 4,
      sentAgain: false,
    });
    const { queueMs, connectMs, firstByteMs, totalMs } = one?.timing ?? {};
    for (const part of [queueMs, connectMs, firstByteMs]) expect(part).toBeLessThanOrEqual(totalMs ?? 0);
  });

  it('keeps secrets out from the start', async () => {
    const service = await origin((_, response) =>
      response.writeHead(200, { 'set-cookie': 'sid=hush-1; Path=/', location: '/x?token=hush-2' }).end(),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }], {
      credential: () => new Secret('hush-3'),
    });
    proxy.inspector.keepBodies('a', true);
    await ask(port, {
      method: 'POST',
      path: '/login?access_token=hush-4&page=2',
      headers: {
        authorization: 'Bearer hush-5',
        cookie: 'a=hush-6; b=hush-7',
        'x-api-key': 'hush-8',
        referer: `http://web.localhost/?api_key=hush-9`,
      },
      body: '{"user":"me","password":"hush-10","n":1}',
    });
    await ask(port);
    await eventually(
      () => proxy.inspector.list({}).exchanges.every((one) => one.state === 'done'),
      'both are over',
    );
    const whole = proxy.inspector.list({}).exchanges.map(({ id }) => proxy.inspector.get(id));
    const text =
      JSON.stringify(whole) +
      toHar(
        whole.filter((one) => one !== undefined),
        '1',
      );
    expect(text).not.toContain('hush');
    expect(text).toContain('page=2');
    expect(whole[1]).toMatchObject({ redacted: true });
    expect(whole[1]?.requestBody?.text).toBe('{"user":"me","password":"[redacted]","n":1}');
  });

  it('keeps no body unless asked, and then no more than its beginning', async () => {
    const service = await origin((request, response) => request.pipe(response));
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    await ask(port, { method: 'POST', body: 'one' });
    proxy.inspector.keepBodies('a', true);
    await ask(port, { method: 'POST', body: 'x'.repeat(300_000) });
    await eventually(
      () => proxy.inspector.list({}).exchanges.every((one) => one.state === 'done'),
      'both are over',
    );
    const [second, first] = proxy.inspector.list({}).exchanges.map(({ id }) => proxy.inspector.get(id));
    expect(first?.requestBody).toBeUndefined();
    expect(second?.responseBody).toMatchObject({ truncated: true, encoding: 'utf8' });
    expect(second?.responseBody?.text.length).toBe(64 * 1024);
    proxy.inspector.keepBodies('a', false);
    expect(proxy.inspector.list({}).exchanges).toEqual([]);
  });

  it('keeps the last 500 of a service', async () => {
    const service = await origin((_, response) => response.end());
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    const client = await raw(port);
    for (let count = 0; count < 510; count += 1)
      client.send(`GET /${count} HTTP/1.1\r\nHost: web.localhost:${port}\r\n\r\n`);
    await eventually(
      () => proxy.inspector.list({ text: '/509' }).exchanges[0]?.state === 'done',
      'the last one is over',
    );
    const { exchanges, revision } = proxy.inspector.list({});
    expect(exchanges).toHaveLength(500);
    expect(exchanges[0]?.path).toBe('/509');
    expect(exchanges.at(-1)?.path).toBe('/10');
    expect(proxy.inspector.list({ after: revision }).exchanges).toEqual([]);
  });

  it('counts the messages of a WebSocket and the events of a stream', async () => {
    const service = await origin((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: 1\n\n: ping\n\nevent: x\ndata: 2\n\ndata: 3\r\n\r\n');
    });
    new WebSocketServer({ server: service.server }).on('connection', (socket) =>
      socket.on('message', (data) => {
        socket.send(data);
        socket.send(data);
      }),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    await ask(port);
    const client = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { host: `web.localhost:${port}` } });
    onClose(() => client.terminate());
    let heard = 0;
    client.on('message', () => {
      heard += 1;
    });
    await new Promise((resolve) => client.once('open', resolve));
    for (const size of [1, 200, 70_000]) client.send(Buffer.alloc(size));
    await eventually(() => heard === 6, 'six messages come back');
    const [socket] = proxy.inspector.list({ only: 'websocket' }).exchanges;
    expect(socket).toMatchObject({ state: 'open', status: 101, messages: { up: 3, down: 6 } });
    const [stream] = proxy.inspector.list({ only: 'events' }).exchanges;
    expect(stream?.messages).toEqual({ up: 0, down: 3 });
  });

  it('shows the frames of a WebSocket where bodies are kept, and none where not', async () => {
    const service = await origin(() => {});
    new WebSocketServer({ server: service.server }).on('connection', (socket) =>
      socket.on('message', (data) => socket.send(`echo ${data}`)),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    for (const keeps of [false, true]) {
      proxy.inspector.keepBodies('a', keeps);
      const client = new WebSocket(`ws://127.0.0.1:${port}/`, {
        headers: { host: `web.localhost:${port}` },
        perMessageDeflate: false,
      });
      onClose(() => client.terminate());
      await new Promise((resolve) => client.once('open', resolve));
      client.send('{"password":"hush"}');
      await new Promise((resolve) => client.once('message', resolve));
      const [socket] = proxy.inspector.list({ only: 'websocket' }).exchanges;
      const frames = proxy.inspector.get(socket?.id ?? '')?.frames;
      expect(frames?.map(({ way, kind, text }) => [way, kind, text])).toEqual(
        keeps
          ? [
              ['up', 'text', '{"password":"[redacted]"}'],
              ['down', 'text', 'echo {"password":"[redacted]"}'],
            ]
          : undefined,
      );
    }
  });

  it('says what a replay goes without, and what goes along', async () => {
    const service = await origin((request, response) => request.pipe(response));
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    proxy.inspector.keepBodies('a', true);
    await ask(port, { method: 'POST', body: '{"password":"hush"}' });
    await ask(port, { method: 'POST', headers: { 'x-vault-token': 'hush' }, body: 'plain' });
    await eventually(() => proxy.inspector.list({}).exchanges.every(({ state }) => state === 'done'), 'over');
    const [second, first] = proxy.inspector.list({}).exchanges.map(({ id }) => proxy.inspector.get(id));
    expect(first).toMatchObject({ redacted: true, withheld: false });
    expect(second).toMatchObject({ redacted: true, withheld: true });
    const again = await proxy.replays.send(
      { id: first?.id ?? '', routes: 'same', confirmed: true },
      AbortSignal.timeout(5_000),
    );
    expect(again).toMatchObject({ ok: true, value: { answers: [{ status: 200, bytes: 19 }] } });
  });

  it('finds what failed and what fits a text', async () => {
    const service = await origin((request, response) =>
      response.writeHead(request.url === '/bad' ? 500 : 200).end(),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    for (const path of ['/bad', '/good']) await ask(port, { path });
    expect(proxy.inspector.list({ only: 'failed' }).exchanges.map((one) => one.path)).toEqual(['/bad']);
    expect(proxy.inspector.list({ text: 'web' }).exchanges).toHaveLength(2);
    expect(proxy.inspector.list({ text: 'other' }).exchanges).toHaveLength(0);
    expect(proxy.inspector.list({ text: 'GOOD' }).exchanges.map((one) => one.path)).toEqual(['/good']);
    const { revision } = proxy.inspector.list({});
    const putBack = proxy.inspector.clear('a');
    expect(proxy.inspector.list({}).exchanges).toEqual([]);
    await ask(port, { path: '/since' });
    await putBack();
    const back = proxy.inspector.list({ after: revision }).exchanges.map((one) => one.path);
    expect(back.sort()).toEqual(['/bad', '/good', '/since']);
  });

  it('tells which requests went to the other route', async () => {
    const service = await origin((_, response) => response.end());
    const { port, proxy } = await startProxy([
      { tunnel: at(await freePort()), public: `http://127.0.0.1:${service.port}` },
    ]);
    await ask(port);
    expect(proxy.inspector.list({}).exchanges[0]).toMatchObject({ sentAgain: true, route: 'public' });
  });
});

describe('exports', () => {
  it('are HAR 1.2', async () => {
    const service = await origin((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('hi'),
    );
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    proxy.inspector.keepBodies('a', true);
    await ask(port, { path: '/x?q=1' });
    await eventually(() => proxy.inspector.list({}).exchanges[0]?.state === 'done', 'it is over');
    const exchange = proxy.inspector.get(proxy.inspector.list({}).exchanges[0]?.id ?? '');
    const har = JSON.parse(toHar(exchange === undefined ? [] : [exchange], '1.0'));
    expect(har.log).toMatchObject({ version: '1.2', creator: { name: 'Gearway', version: '1.0' } });
    const [entry] = har.log.entries;
    expect(entry).toMatchObject({
      request: {
        method: 'GET',
        url: `http://web.localhost:${port}/x?q=1`,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        queryString: [{ name: 'q', value: '1' }],
      },
      response: { status: 200, content: { size: 2, mimeType: 'text/plain', text: 'hi' } },
      cache: {},
      _route: 'tunnel',
    });
    const { blocked, connect, send, wait, receive } = entry.timings;
    expect(blocked + connect + send + wait + receive).toBeCloseTo(entry.time, 3);
  });

  it('as a command keep hostile text within its quotes', () => {
    const command = toCurl({
      id: 'x1',
      serviceId: 'a',
      revision: 1,
      startedAt: 0,
      kind: 'http',
      method: "P'; rm -rf ~ '",
      path: '/',
      state: 'done',
      sentAgain: false,
      bytesUp: 0,
      bytesDown: 0,
      timing: {},
      url: "http://web.localhost/'$(id)`id`",
      responseHeaders: [],
      redacted: true,
      withheld: true,
      requestHeaders: [
        ['Host', 'web'],
        ['X-A', "it's $HOME"],
        ['Authorization', 'Bearer [redacted]'],
      ],
      requestBody: { text: "a'b\nc", encoding: 'utf8', truncated: false },
    });
    expect(command).toBe(
      `curl -X 'P'\\''; rm -rf ~ '\\''' 'http://web.localhost/'\\''$(id)\`id\`' -H 'X-A: it'\\''s $HOME' --data-raw 'a'\\''b\nc'`,
    );
  });
});

describe('sending again', () => {
  const signal = new AbortController().signal;

  it('goes over both routes and lays the answers side by side', async () => {
    const tunnel = await origin((request, response) => response.end(`tunnel ${request.url}`));
    const mapping = await origin((_, response) => response.writeHead(404).end('public'));
    const { port, proxy } = await startProxy([
      { tunnel: at(tunnel.port), public: `http://127.0.0.1:${mapping.port}` },
    ]);
    await ask(port, { path: '/p' });
    const id = proxy.inspector.list({}).exchanges[0]?.id ?? '';
    const both = await proxy.replays.send({ id, routes: 'both', confirmed: false }, signal);
    expect(both).toMatchObject({
      ok: true,
      value: {
        answers: [
          { kind: 'answered', route: 'public', status: 404, body: { text: 'public' } },
          { kind: 'answered', route: 'tunnel', status: 200, body: { text: 'tunnel /p' } },
        ],
      },
    });
    expect(proxy.inspector.list({}).exchanges[0]).toMatchObject({ replayOf: id });
  });

  it('asks first where something may change, and needs the body whole', async () => {
    const bodies: string[] = [];
    const service = await origin((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        bodies.push(body);
        response.end();
      });
    });
    const { port, proxy } = await startProxy([{ tunnel: at(service.port) }]);
    const newest = () => proxy.inspector.list({}).exchanges[0]?.id ?? '';
    const send = (confirmed: boolean) =>
      proxy.replays.send({ id: newest(), routes: 'same', confirmed }, signal);
    await ask(port, { method: 'POST', body: 'one' });
    expect(await send(false)).toMatchObject({ error: { code: 'replay_unconfirmed' } });
    expect(await send(true)).toMatchObject({ error: { code: 'replay_body_unknown' } });
    proxy.inspector.keepBodies('a', true);
    await ask(port, { method: 'POST', body: 'two' });
    expect(await send(true)).toMatchObject({ ok: true });
    expect(bodies).toEqual(['one', 'two', 'two']);
    expect(await proxy.replays.send({ id: 'x999', routes: 'same', confirmed: true }, signal)).toMatchObject({
      error: { code: 'exchange_not_found' },
    });
  });

  it('tells for each route why it could not', async () => {
    const tunnel = await origin((_, response) => response.end());
    const { port, proxy } = await startProxy([
      { tunnel: at(tunnel.port), public: `http://127.0.0.1:${await freePort()}` },
    ]);
    await ask(port);
    const id = proxy.inspector.list({}).exchanges[0]?.id ?? '';
    const both = await proxy.replays.send({ id, routes: 'both', confirmed: false }, signal);
    expect(both).toMatchObject({
      value: { answers: [{ kind: 'failed', route: 'public', error: 'tcp_refused' }, { kind: 'answered' }] },
    });
  });
});

describe('a kept key', () => {
  it('goes out for local programs that bring none, and for nobody else', async () => {
    const service = await origin((request, response) =>
      response.end(request.headers.authorization ?? 'none'),
    );
    const { port } = await startProxy(
      [{ tunnel: at(service.port) }, { id: 'b', name: 'other', tunnel: at(service.port) }],
      { credential: (id) => (id === 'a' ? new Secret('k') : undefined) },
    );
    const own = `http://web.localhost:${port}`;
    const asks = async (headers: Record<string, string>, host?: string) =>
      (await ask(port, { headers, host })).body;
    expect(await asks({})).toBe('Bearer k');
    expect(await asks({ origin: own, 'sec-fetch-site': 'same-origin' })).toBe('Bearer k');
    expect(await asks({ authorization: 'Bearer mine' })).toBe('Bearer mine');
    expect(await asks({ origin: 'https://evil.example' })).toBe('none');
    expect(await asks({ 'sec-fetch-site': 'cross-site' })).toBe('none');
    expect(await asks({}, `other.localhost:${port}`)).toBe('none');
  });
});
