import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, utils } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Instance } from '../../shared/model/instance.ts';
import { listeningCommand, readListening } from '../../shared/probe/index.ts';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import { Secret } from '../engine/base/secret.ts';
import { createPlatformClient, type PlatformClient } from '../engine/platform/index.ts';
import { createCleanup, until } from '../testing/index.ts';
import { type LocalPlatform, type LocalPlatformOptions, startLocalPlatform } from './index.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

const signal = new AbortController().signal;
const cleanup = createCleanup();
afterEach(() => cleanup.run());

const start = (options?: Partial<LocalPlatformOptions>) => startTestPlatform(cleanup, options);

const clientOf = (platform: LocalPlatform, token = platform.token): PlatformClient => {
  const instance: Instance = { kind: 'local', name: 'x', origin: platform.origin, edge: platform.edge };
  return createPlatformClient({ instance, token: new Secret(token), fetch, clock: systemClock });
};

async function containers(client: PlatformClient) {
  const answer = await client.containers(signal);
  if (!answer.ok) throw new Error(answer.error.code);
  return new Map(answer.value.map((container) => [container.name, container]));
}
const named = async (client: PlatformClient, name: string) => {
  const found = (await containers(client)).get(name);
  if (found === undefined) throw new Error(name);
  return found;
};
const sshReady = (client: PlatformClient, name = 'vision-lab') =>
  until('its SSH server', async () => {
    const container = await named(client, name);
    return container.ssh !== undefined && container;
  });

/** By number, so that no resolver has to know `*.localhost`; the edge reads the Host header. */
function get(platform: LocalPlatform, label: string, path = '/') {
  return new Promise<{ status: number; server: string | undefined; body: string }>((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: platform.edge.port,
        path,
        headers: { host: `${label}.${platform.edge.domain}:${platform.edge.port}` },
      },
      (response) => {
        let body = '';
        response.on('data', (part) => {
          body += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, server: response.headers.server?.toString(), body }),
        );
      },
    )
      .on('error', reject)
      .end();
  });
}

async function connect(platform: LocalPlatform, login: { password?: string; privateKey?: string } = {}) {
  const container = await sshReady(clientOf(platform));
  const client = new Client();
  cleanup.later(() => void client.end());
  await new Promise<void>((resolve, reject) => {
    client.on('ready', resolve).on('error', reject);
    client.connect({
      host: container.ssh?.host,
      port: container.ssh?.port,
      username: 'root',
      hostVerifier: () => true,
      ...(Object.keys(login).length === 0 ? { password: container.password?.reveal() } : login),
    });
  });
  return client;
}

describe('the API of the local platform', () => {
  it('answers the client that is written for the real one', async () => {
    const platform = await start();
    const client = clientOf(platform);
    expect(await client.me(signal)).toMatchObject({ ok: true, value: { user: 'demo' } });
    const all = await containers(client);
    expect([...all.keys()].sort()).toEqual(['nightly-train', 'old-demo', 'vision-lab']);
    expect(all.get('vision-lab')).toMatchObject({
      mode: 'WORKSPACE',
      status: { kind: 'running' },
      mappings: [
        { name: 'web', port: 7860 },
        { name: 'llm', port: 8080 },
        { name: 'notes', port: 7861 },
      ],
    });
    expect(all.get('nightly-train')).toMatchObject({ mode: 'TASK', status: { kind: 'running' } });
    expect(all.get('old-demo')).toMatchObject({ status: { kind: 'ended', how: 'cancelled' } });
  });

  it('refuses a wrong token, and a request without Origin', async () => {
    const platform = await start();
    expect(await clientOf(platform, 'wrong').me(signal)).toMatchObject({
      ok: false,
      error: { code: 'token_refused' },
    });
    const bare = await fetch(platform.gateway, { method: 'POST', body: '{}' });
    expect([bare.status, await bare.text()]).toEqual([403, 'Invalid CORS request']);
  });

  it('gives a token for user name and password', async () => {
    const platform = await start();
    const login = async (password: string) => {
      const answer = await fetch(platform.gateway, {
        method: 'POST',
        headers: { origin: platform.origin, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: 'mutation Login($u:String!,$p:String!){login(username:$u,password:$p){token}}',
          variables: { u: 'demo', p: password },
        }),
      });
      return (await answer.json()) as { data?: { login?: { token: string } }; errors?: unknown[] };
    };
    expect((await login(platform.password)).data?.login?.token).toBe(platform.token);
    expect((await login('wrong')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('starts a workspace again with other mappings, a new port and a new password', async () => {
    const platform = await start();
    const client = clientOf(platform);
    const before = await sshReady(client);
    expect(await client.stop(before.id, signal)).toMatchObject({ ok: true });
    await until('the end', async () => (await named(client, 'vision-lab')).status.kind === 'ended');
    expect((await get(platform, 'demo-web')).status).toBe(404);
    const mappings = [{ name: 'only', port: 7860 }, { port: 8080 }];
    expect(await client.restart(before.id, { mappings }, signal)).toMatchObject({ ok: true });
    const after = await sshReady(client);
    expect(after.mappings).toEqual(mappings);
    expect(after.runId).not.toBe(before.runId);
    expect(after.password?.reveal()).not.toBe(before.password?.reveal());
    expect((await get(platform, 'demo-only')).status).toBe(200);
    expect((await get(platform, `demo-${before.id}-8080`)).status).toBe(200);
    expect((await get(platform, 'demo-web')).status).toBe(404);
  });

  it.each([
    [[{ name: 'x', port: 6006 }]],
    [[{ name: 'gradio', port: 7000 }]],
    [[{ name: '-bad', port: 7000 }]],
    [[1, 2, 3, 4, 5, 6].map((port) => ({ port: 7000 + port }))],
  ])('refuses mappings that break a rule: %j', async (mappings) => {
    const platform = await start();
    const client = clientOf(platform);
    const { id } = await named(client, 'vision-lab');
    await client.stop(id, signal);
    expect(await client.restart(id, { mappings }, signal)).toMatchObject({ ok: false });
  });

  it('keeps containers, keys and ports in its folder', async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'gearway-platform-'));
    cleanup.later(() => rm(stateFolder, { recursive: true }));
    const first = await start({ stateFolder });
    const before = await sshReady(clientOf(first));
    await first.stop();
    const second = await start({ stateFolder });
    expect([second.origin, second.edge.port, second.token]).toEqual([
      first.origin,
      first.edge.port,
      first.token,
    ]);
    const after = await sshReady(clientOf(second));
    expect([after.id, after.runId, after.ssh]).toEqual([before.id, before.runId, before.ssh]);
    expect(after.password?.reveal()).toBe(before.password?.reveal());
  });

  it('starts anew where its file is damaged and cannot be put aside', async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'gearway-platform-'));
    cleanup.later(() => rm(stateFolder, { recursive: true }));
    await writeFile(join(stateFolder, 'platform.json'), '{');
    await mkdir(join(stateFolder, 'platform.json.damaged', 'in the way'), { recursive: true });
    const platform = await start({ stateFolder });
    await sshReady(clientOf(platform));
  });

  it('says which port is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.origin).port);
    const second = await startLocalPlatform({
      port,
      clock: systemClock,
      random: Math.random,
      log: silentLog,
    });
    expect(second).toMatchObject({ ok: false, error: { code: 'local_port_busy', params: { port } } });
  });
});

describe('the public edge', () => {
  it('knows both forms of an address, in any case', async () => {
    const platform = await start();
    const { id } = await named(clientOf(platform), 'vision-lab');
    expect((await get(platform, 'demo-web')).body).toContain('<title>Vision Lab</title>');
    expect((await get(platform, 'DEMO-WEB')).status).toBe(200);
    expect((await get(platform, `demo-${id}-7860`)).status).toBe(200);
  });

  it('says 404 for what is unknown and 502 for what listens on loopback, in its own name', async () => {
    const platform = await start();
    expect(await get(platform, 'demo-nothing')).toMatchObject({ status: 404, server: 'gear-edge' });
    expect(await get(platform, 'demo-gradio')).toMatchObject({ status: 404, server: 'gear-edge' });
    expect(await get(platform, 'demo-notes')).toMatchObject({ status: 502, server: 'gear-edge' });
  });

  it('passes events as they come, WebSockets and uploads', async () => {
    const platform = await start();
    const host = `demo-web.gear.localhost:${platform.edge.port}`;
    const firstEvent = await new Promise<string>((resolve, reject) => {
      request(
        { host: '127.0.0.1', port: platform.edge.port, path: '/events', headers: { host } },
        (response) => {
          response.once('data', (part) => {
            response.destroy();
            resolve(String(part));
          });
        },
      )
        .on('error', reject)
        .end();
    });
    expect(firstEvent).toBe('data: 1\n\n');
    const socket = new WebSocket(`ws://127.0.0.1:${platform.edge.port}/ws`, { headers: { host } });
    const echoed = await new Promise<string>((resolve, reject) => {
      socket.on('open', () => socket.send('hello'));
      socket.on('message', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    socket.close();
    expect(echoed).toBe('hello');
  });

  it('fails on demand: an outage, a limit to the first byte', async () => {
    const platform = await start();
    platform.faults.set('web', { firstByteLimitMs: 20 });
    expect(await get(platform, 'demo-web', '/slow?ms=5000')).toMatchObject({
      status: 504,
      server: 'gear-edge',
    });
    platform.faults.set('web', { outage: true });
    await expect(get(platform, 'demo-web')).rejects.toThrow();
    platform.faults.set('web', {});
    expect((await get(platform, 'demo-web')).status).toBe(200);
  });

  it('speaks HTTPS with a certificate that can be trusted by its text', async () => {
    const platform = await start({ https: true });
    const { probePublic } = await import('../engine/health/index.ts');
    const url = `https://demo-web.gear.localhost:${platform.edge.port}`;
    const options = { now: () => 0, signal };
    expect(await probePublic({ url, ca: platform.edge.ca }, options)).toMatchObject({ status: 200 });
    expect((await probePublic({ url }, options)).steps.at(-1)).toMatchObject({
      error: { code: 'tls_failed' },
    });
  });
});

describe('the SSH server of a container', () => {
  it('lets in by password and by a key of the account, and nobody else', async () => {
    const platform = await start();
    await connect(platform);
    await expect(connect(platform, { password: 'wrong' })).rejects.toMatchObject({
      level: 'client-authentication',
    });
    const pair = utils.generateKeyPairSync('ed25519');
    await expect(connect(platform, { privateKey: pair.private })).rejects.toThrow();
    expect(await clientOf(platform).addKey({ name: 'laptop', content: pair.public }, signal)).toMatchObject({
      ok: true,
      value: { name: 'laptop', fingerprint: expect.stringContaining('SHA256:') },
    });
    await connect(platform, { privateKey: pair.private });
  });

  it('reaches what listens inside, loopback too, and refuses the rest', async () => {
    const platform = await start();
    const client = await connect(platform);
    const say = (port: number, words: string) =>
      new Promise<string>((resolve, reject) => {
        client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error, channel) => {
          if (error !== undefined) {
            reject(error);
            return;
          }
          let heard = '';
          channel.on('data', (part: Buffer) => {
            heard += part;
          });
          channel.on('close', () => resolve(heard));
          channel.end(words);
        });
      });
    expect(await say(6379, 'PING\r\n*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\nQUIT\r\n')).toBe(
      '+PONG\r\n$2\r\nhi\r\n+OK\r\n',
    );
    expect(await say(7861, 'GET / HTTP/1.0\r\n\r\n')).toContain('<title>Notes</title>');
    await expect(say(9999, '')).rejects.toMatchObject({ reason: 2 });
  });

  it('tells what listens in the words of the kernel', async () => {
    const platform = await start();
    const client = await connect(platform);
    const output = await new Promise<string>((resolve, reject) => {
      client.exec(listeningCommand, (error, stream) => {
        if (error !== undefined) {
          reject(error);
          return;
        }
        let text = '';
        stream.on('data', (part: Buffer) => {
          text += part;
        });
        stream.on('close', () => resolve(text));
      });
    });
    expect(readListening(output)?.map(({ port, bind }) => `${port} ${bind}`)).toEqual([
      '6379 any',
      '7860 any',
      '7861 loopback',
      '8080 any',
    ]);
  });
});
