import { randomUUID } from 'node:crypto';
import { get } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HeaderRule, PresetId } from '../../../shared/model/headers.ts';
import { rulesOf } from '../../../shared/routing/index.ts';
import { createCleanup, startJupyter, startStarlette } from '../../testing/index.ts';
import { issue, makeAuthority } from '../local-addresses/authority.ts';
import { ask, at, closeAll, startProxy } from './testing/proxy.ts';

const cleanup = createCleanup();
afterEach(async () => {
  await closeAll();
  await cleanup.run();
});

const through = async (port: number, preset: PresetId, off: readonly HeaderRule[] = []) => {
  const rules = rulesOf({ preset, on: [], off: [...off] });
  return startProxy([{ tunnel: at(port), port: 8888, rules }]);
};

describe.runIf(process.platform === 'linux')('Jupyter itself', () => {
  it('serves its pages and its kernels at the local address, and refuses both where nothing is changed', async () => {
    const token = 'a-token-of-a-test';
    const jupyter = cleanup.add(await startJupyter({ token }));
    const { port } = await through(jupyter.port, 'jupyter');
    const host = `web.localhost:${port}`;
    const page = await ask(port, { path: `/tree?token=${token}`, headers: { accept: 'text/html' } });
    expect(page).toMatchObject({ status: 200, headers: { 'x-gearway-route': 'tunnel' } });
    const lost = await ask(port, { path: '/tree' });
    expect(lost.status).toBe(302);
    expect(lost.headers.location).toMatch(/^\/login/);

    // As its own pages do: by the cookies that it gave, with the token against forgery beside them.
    const cookies = (page.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
    const xsrf = /_xsrf=([^;]+)/.exec(cookies)?.[1] ?? '';
    const headers = { cookie: cookies, 'x-xsrftoken': xsrf, origin: `http://${host}` };
    const made = await ask(port, { method: 'POST', path: '/api/kernels', headers, body: '{}' });
    expect(made.status).toBe(201);
    const { id } = JSON.parse(made.body) as { id: string };

    expect(await kernelSays(port, id, headers)).toBe('kernel_info_reply');
    const bare = await through(jupyter.port, 'jupyter', ['host', 'origin']);
    const there = { ...headers, origin: `http://web.localhost:${bare.port}` };
    expect(await kernelSays(bare.port, id, there)).toBe('403');
    expect((await ask(bare.port, { path: '/api' })).status).toBe(403);
  });
});

/** Asks a kernel who it is: the type of the answer, or the status with which the WebSocket was refused. */
const kernelSays = (port: number, kernel: string, headers: Record<string, string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const session = randomUUID();
    const socket = new WebSocket(
      `ws://127.0.0.1:${port}/api/kernels/${kernel}/channels?session_id=${session}`,
      {
        headers: { ...headers, host: `web.localhost:${port}` },
      },
    );
    const finish = (said: string) => {
      resolve(said);
      socket.terminate();
    };
    const question = {
      header: {
        msg_id: randomUUID(),
        username: '',
        session,
        msg_type: 'kernel_info_request',
        version: '5.3',
      },
      parent_header: {},
      metadata: {},
      content: {},
      channel: 'shell',
    };
    socket.on('open', () => socket.send(JSON.stringify(question)));
    socket.on('message', (data) => {
      const { msg_type: type } = JSON.parse(String(data)) as { msg_type: string };
      if (type.endsWith('_reply')) finish(type);
    });
    socket.on('unexpected-response', (_, answer) => finish(String(answer.statusCode)));
    socket.on('error', reject);
  });

describe.runIf(process.platform === 'linux')('the server of vLLM and SGLang', () => {
  it('leads to the local address, with HTTPS there too, and to a port that nobody has without the rules', async () => {
    const server = cleanup.add(await startStarlette({ path: '/v1/models' }));
    const { port, proxy } = await through(server.port, 'vllm');
    const location = async (from: number) => (await ask(from, { path: '/v1/models/' })).headers.location;
    expect(await location(port)).toBe(`http://web.localhost:${port}/v1/models`);

    const bare = await through(server.port, 'vllm', ['redirects']);
    expect(await location(bare.port)).toBe('http://127.0.0.1:8888/v1/models');

    const authority = await makeAuthority(Date.now());
    proxy.secure({ for: (name) => issue(authority, name, Date.now()) });
    expect(await secureLocation(port, authority.certificate)).toBe(`https://web.localhost:${port}/v1/models`);
  });
});

const secureLocation = (port: number, ca: string): Promise<string | undefined> =>
  new Promise((resolve, reject) => {
    const servername = 'web.localhost';
    const headers = { host: `${servername}:${port}` };
    get({ ...at(port), servername, ca, headers, path: '/v1/models/', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.headers.location);
    }).on('error', reject);
  });
