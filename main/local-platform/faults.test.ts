import { afterEach, describe, expect, it } from 'vitest';
import { createCleanup } from '../testing/index.ts';
import { createFaults, readFault } from './faults.ts';
import type { LocalPlatform, LocalPlatformOptions } from './index.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const start = (options?: Partial<LocalPlatformOptions>) => startTestPlatform(cleanup, options);
const ask = (platform: LocalPlatform, path: string, options: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${platform.edge.port}${path}`, options);

describe('faults of the edge', () => {
  it('spread a loss evenly', () => {
    const faults = createFaults({ '*': { loss: 0.3 } });
    const cut = Array.from({ length: 100 }, () => faults.cuts('web'));
    expect(cut.filter(Boolean)).toHaveLength(30);
    expect(cut.slice(0, 20).filter(Boolean)).toHaveLength(6);
  });

  it.each([
    ['web:latencyMs=150,buffer', { name: 'web', fault: { latencyMs: 150, buffer: true } }],
    ['*:loss=0.3', { name: '*', fault: { loss: 0.3 } }],
    ['web:', { name: 'web', fault: {} }],
    ['web', undefined],
    ['web:colour=1', undefined],
    ['web:loss=2', undefined],
    ['web:latencyMs=x', undefined],
  ])('are read from %j', (text, expected) => {
    expect(readFault(text)).toEqual(expected);
  });

  it('are set while it runs, by those who hold the token only', async () => {
    const platform = await start();
    const put = (body: string, token = platform.token) =>
      fetch(`${platform.origin}/faults/web`, {
        method: 'PUT',
        body,
        headers: { authorization: `Bearer ${token}`, origin: platform.origin },
      }).then(({ status }) => status);
    expect(await put('{"latencyMs":5}', 'wrong')).toBe(401);
    expect(await put('{"latencyMs":"long"}')).toBe(400);
    expect(await put('{"latencyMs":5}')).toBe(204);
    expect(platform.faults.of('web')).toEqual({ latencyMs: 5 });
  });

  it('of the API are set in the same way', async () => {
    const platform = await start();
    const order = (method: string, body?: string) =>
      fetch(`${platform.origin}/api-faults/me`, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: { authorization: `Bearer ${platform.token}`, origin: platform.origin },
      }).then(({ status }) => status);
    expect(await order('PUT', '{"latencyMs":"long"}')).toBe(400);
    expect(await order('PUT', 'no JSON')).toBe(400);
    expect(await order('PUT', '{"error":{"message":"Forbidden","code":"FORBIDDEN"}}')).toBe(204);
    expect(platform.apiFaults.of(['me'])).toEqual({ error: { message: 'Forbidden', code: 'FORBIDDEN' } });
    expect(await order('DELETE')).toBe(204);
    expect(platform.apiFaults.of(['me'])).toEqual({});
  });

  it('limit a body whether its length is told or not, and hold an answer back until it is whole', async () => {
    const platform = await start();
    const host = `demo-web.gear.localhost:${platform.edge.port}`;
    platform.faults.set('web', { bodyLimitBytes: 1_000, buffer: true });
    const { request } = await import('node:http');
    const send = (bytes: number, told: boolean) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(
          {
            host: '127.0.0.1',
            port: platform.edge.port,
            method: 'POST',
            path: '/upload',
            headers: { host, ...(told ? { 'content-length': bytes } : {}) },
          },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        );
        asked.on('error', reject);
        asked.write(Buffer.alloc(bytes));
        asked.end();
      });
    expect(await send(900, true)).toBe(200);
    expect(await send(1_100, true)).toBe(413);
    expect(await send(1_100, false)).toBe(413);
    expect((await ask(platform, '/', {})).status).toBe(404);
    const arrivals = await new Promise<number>((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port: platform.edge.port,
          path: '/events?count=4&everyMs=20',
          headers: { host },
        },
        (response) => {
          let chunks = 0;
          response.on('data', () => {
            chunks += 1;
          });
          response.on('end', () => resolve(chunks));
        },
      )
        .on('error', reject)
        .end();
    });
    expect(arrivals).toBe(1);
  });
});
