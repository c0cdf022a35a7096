import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors.ts';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from './client.ts';
import { instanceAt, serve } from './testing/platform.ts';

const token = 'very-secret-token-0123';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const clientAt = (origin: string, timeoutMs = 5000) =>
  createPlatformClient({
    instance: instanceAt(origin),
    token: new Secret(token),
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs,
  });

const signal = () => new AbortController().signal;

async function answering(answer: (response: ServerResponse) => void, timeoutMs?: number) {
  const server = await serve((_request, response) => answer(response));
  closing.push(server.close);
  return clientAt(server.instance.origin, timeoutMs);
}

const json =
  (value: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const html = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html><title>Sign in</title></html>');
};
const graphqlError = (message: string, code?: string, details?: unknown) =>
  json({ data: null, errors: [{ message, extensions: { code, details } }] });

describe('an answer that is not what was asked for', () => {
  it.each<[string, (response: ServerResponse) => void, ErrorCode]>([
    ['a web page', html(200), 'origin_not_platform'],
    ['a page that is not found', html(404), 'origin_not_platform'],
    [
      'a captive portal',
      (response) => response.writeHead(302, { location: 'http://portal.example/' }).end(),
      'captive_portal',
    ],
    ['a network that wants a login', html(511), 'captive_portal'],
    [
      'a redirect within the platform',
      (response) => response.writeHead(302, { location: '/login' }).end(),
      'origin_not_platform',
    ],
    ['nothing', (response) => response.writeHead(200).end(), 'origin_not_platform'],
    ['no JSON', (response) => response.end('{"data":{"me":{"userna'), 'origin_not_platform'],
    [
      'half a response',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data":', () => response.destroy());
      },
      'answer_incomplete',
    ],
    ['JSON of something else', json({ hello: 'world' }), 'origin_not_platform'],
    ['a JSON text', json('hello'), 'origin_not_platform'],
    ['a user of a wrong type', json({ data: { me: { username: 7 } } }), 'platform_error'],
    ['no user', json({ data: { me: null } }), 'token_refused'],
    ['a 403 without body', (response) => response.writeHead(403).end(), 'refused_silently'],
    [
      'a 403 for the origin',
      (response) => response.writeHead(403).end('Invalid CORS request'),
      'origin_refused',
    ],
    ['a 401', html(401), 'token_refused'],
    ['a 502 of a gateway', html(502), 'platform_down'],
    ['a 429', html(429), 'platform_busy'],
    ['a 429 whose error has no code', json({ errors: [{ message: 'Slow down' }] }, 429), 'platform_busy'],
    ['a limit of requests', graphqlError('Too many', 'RATE_LIMITED'), 'platform_busy'],
    ['FORBIDDEN', graphqlError('Forbidden', 'FORBIDDEN'), 'forbidden'],
    ['an expired login', graphqlError('JWT expired at 2026-01-01'), 'token_refused'],
    [
      'UNAUTHENTICATED',
      json({ errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] }, 401),
      'token_refused',
    ],
    ['a 401 whose error has no code', json({ errors: [{ message: 'Please log in' }] }, 401), 'token_refused'],
    ['a 403 whose error has no code', json({ errors: [{ message: 'Not for you' }] }, 403), 'forbidden'],
    [
      'a 401 with a code of its own',
      json({ errors: [{ message: 'x', extensions: { code: 'EXCEED_JOB_COUNT_LIMITATION' } }] }, 401),
      'job_limit',
    ],
    ['a full quota', graphqlError('limit', 'EXCEED_JOB_COUNT_LIMITATION'), 'job_limit'],
    ['a missing verification', graphqlError('x', 'REAL_NAME_REQUIRED'), 'real_name_required'],
    ['an error without details', json({ errors: [{}] }), 'platform_error'],
    ['errors of a wrong type', json({ errors: 'no' }), 'origin_not_platform'],
    ['extensions of a wrong type', json({ errors: [{ message: 'm', extensions: 3 }] }), 'platform_error'],
  ])('%s', async (_case, answer, code) => {
    const client = await answering(answer);
    expect(await client.me(signal())).toMatchObject({ ok: false, error: { code } });
  });

  it('keeps the words of the server and leaves secrets out of them', async () => {
    const client = await answering(
      graphqlError(`no: ${token}`, 'ODD', { why: 'because', password: 'hunter22', header: 'Bearer abc.def' }),
    );
    const answer = await client.me(signal());
    expect(answer.ok ? '' : answer.error.detail).toContain('because');
    const all = JSON.stringify(answer);
    for (const secret of [token, 'hunter22', 'abc.def']) expect(all).not.toContain(secret);
  });

  it('does not follow a redirect with the token', async () => {
    let asked = 0;
    const elsewhere = await serve((_request, response) => {
      asked += 1;
      json({ data: { me: { username: 'demo' } } })(response);
    });
    closing.push(elsewhere.close);
    const client = await answering((response) => {
      response.writeHead(307, { location: elsewhere.instance.origin }).end();
    });
    expect((await client.me(signal())).ok).toBe(false);
    expect(asked).toBe(0);
  });

  it('does not read a stream without end', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    const client = await answering((response) => {
      const send = () => {
        while (response.write(piece));
        response.once('drain', send);
      };
      send();
    }, 20_000);
    expect(await client.me(signal())).toMatchObject({ error: { code: 'answer_incomplete' } });
  }, 20_000);
});

describe('no answer', () => {
  it('says that nothing listens there', async () => {
    const server = await serve(() => {});
    const { origin } = server.instance;
    await server.close();
    expect(await clientAt(origin).me(signal())).toMatchObject({
      error: { code: 'origin_unreachable', detail: 'ECONNREFUSED' },
    });
  });

  it('says that the name is unknown', async () => {
    expect(await clientAt('http://no-such-host.invalid').me(signal())).toMatchObject({
      error: { code: 'name_unresolved', params: { host: 'no-such-host.invalid' } },
    });
  });

  it('says that the other side is no TLS', async () => {
    const server = await serve(() => {});
    closing.push(server.close);
    const answer = await clientAt(server.instance.origin.replace('http:', 'https:')).me(signal());
    expect(answer).toMatchObject({ error: { code: 'tls_failed' } });
  });

  it('says that the connection was cut', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await clientAt(`http://127.0.0.1:${port}`).me(signal())).toMatchObject({
      error: { code: 'origin_unreachable' },
    });
  });

  it('ends a question at its deadline', async () => {
    const client = await answering(() => {}, 50);
    expect(await client.me(signal())).toMatchObject({ error: { code: 'platform_timeout' } });
  });

  it('ends a question whose answer stops half-way', async () => {
    const client = await answering((response) => response.write('{"data"'), 50);
    expect(await client.me(signal())).toMatchObject({ error: { code: 'platform_timeout' } });
  });

  it('ends a question when it is cancelled, and asks none that was cancelled before', async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    closing.push(server.close);
    const client = clientAt(server.instance.origin);
    expect(await client.me(stop.signal)).toMatchObject({ error: { code: 'cancelled' } });
    expect(await client.me(stop.signal)).toMatchObject({ error: { code: 'cancelled' } });
    expect(server.headers).toHaveLength(1);
  });
});

describe('an order without a clear answer', () => {
  const afterMe = (answer: (response: ServerResponse) => void) =>
    serve((_request, response, body) => {
      if (body.includes('Me {')) json({ data: { me: { username: 'demo' } } })(response);
      else answer(response);
    });

  it.each<[string, (response: ServerResponse) => void]>([
    ['that never comes', () => {}],
    ['that is cut off', (response) => response.destroy()],
    ['that breaks off half-way', (response) => response.write('{"da', () => response.destroy())],
    ['that a gateway gives up on', html(504)],
    ['that is not understood', json({ data: { stopJob: 'yes' } })],
  ])('%s is uncertain', async (_case, answer) => {
    const server = await afterMe(answer);
    closing.push(server.close);
    const client = clientAt(server.instance.origin, 300);
    expect(await client.stop('j', signal())).toMatchObject({ error: { code: 'outcome_uncertain' } });
  });

  it('was not carried out where nothing listens', async () => {
    const server = await afterMe(() => {});
    const client = clientAt(server.instance.origin);
    await client.me(signal());
    await server.close();
    expect(await client.stop('j', signal())).toMatchObject({ error: { code: 'origin_unreachable' } });
  });
});
