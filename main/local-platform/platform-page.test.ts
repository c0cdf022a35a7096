import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../engine/base/effects.ts';
import { Secret } from '../engine/base/secret.ts';
import { createPlatformClient, type NewContainer, type PlatformClient } from '../engine/platform/index.ts';
import { createCleanup, until } from '../testing/index.ts';
import type { LocalPlatform } from './index.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/**
 * What the platform's page on port mapping promises, shown on a platform that runs: `docs/seed-coverage.md` names
 * each sentence and where it is shown.
 */
const cleanup = createCleanup();
let platform: LocalPlatform;
let client: PlatformClient;
const signal = new AbortController().signal;

beforeAll(async () => {
  platform = await startTestPlatform(cleanup, { queueMs: 300, containers: 10 });
  client = createPlatformClient({
    instance: { kind: 'local', name: 'x', origin: platform.origin, edge: platform.edge },
    token: new Secret(platform.token),
    fetch: globalThis.fetch,
    clock: systemClock,
  });
});
afterAll(() => cleanup.run());

/** By number, so that no resolver has to know `*.localhost`; without any credentials. */
function get(label: string, path = '/', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const host = `${label}.${platform.edge.domain}:${platform.edge.port}`;
    request(
      { host: '127.0.0.1', port: platform.edge.port, path, headers: { host, ...headers } },
      (response) => {
        let body = '';
        response.on('data', (part) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    )
      .on('error', reject)
      .end();
  });
}

async function named(name: string) {
  const answer = await client.containers(signal);
  if (!answer.ok) throw new Error(answer.error.code);
  const found = answer.value.find((container) => container.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

async function create(part: Partial<NewContainer>) {
  const project = await client.createProject(`page-${Date.now()}`, signal);
  if (!project.ok) throw new Error(project.error.code);
  const wanted = {
    projectId: project.value.id,
    mode: 'WORKSPACE' as const,
    resource: 'cpu',
    runtime: 'pytorch-2.8-2204-cpu',
    mappings: [],
    ...part,
  };
  const created = await client.createContainer(wanted, signal);
  if (!created.ok) throw new Error(created.error.code);
  return created.value.id;
}

const running = (id: string) =>
  until('the start', async () => {
    const container = await client.container(id, signal);
    if (!container.ok) throw new Error(container.error.code);
    return container.value.status.kind === 'running' && container.value;
  });

describe('the page on port mapping', () => {
  it('several ports of one container are open at once, a web page and an API', async () => {
    const [web, models] = await Promise.all([get('demo-web'), get('demo-llm', '/v1/models')]);
    expect(web).toMatchObject({ status: 200, body: expect.stringContaining('<title>') });
    expect(JSON.parse(models.body)).toMatchObject({ object: 'list' });
  });

  it('whoever knows the address gets in, unless the service itself asks for a login', async () => {
    expect((await get('demo-web')).status).toBe(200);
    expect((await get('demo-web', '/', { authorization: 'Bearer nonsense' })).status).toBe(200);
  });

  it('mappings are set while the container is created, the name optional', async () => {
    const mappings = [{ name: 'fresh', port: 7860 }, { port: 9000 }];
    const container = await running(await create({ mappings }));
    expect(container.mappings).toEqual(mappings);
  });

  it('addresses appear when the container runs, and not before', async () => {
    const id = await create({ mappings: [{ name: 'early', port: 7860 }] });
    const queued = await client.container(id, signal);
    expect(queued.ok && queued.value.addresses).toBeUndefined();
    expect((await get('demo-early')).status).toBe(404);
    const container = await running(id);
    expect(container.addresses).toEqual([{ port: 7860, url: expect.stringContaining('//demo-early.') }]);
    expect((await get('demo-early')).status).not.toBe(404);
  });

  it('the address holds the name, or job id and port where there is none', async () => {
    const { addresses, id } = await running(
      await create({ mappings: [{ name: 'first', port: 7860 }, { port: 9001 }] }),
    );
    const hosts = addresses?.map(({ url }) => new URL(url).hostname);
    expect(hosts).toEqual([`demo-first.gear.localhost`, `demo-${id}-9001.gear.localhost`]);
  });

  it('a container tells all its mappings with their addresses', async () => {
    const lab = await named('vision-lab');
    expect(lab.addresses?.map(({ port }) => port)).toEqual([7860, 8080, 7861]);
  });

  it('workspaces, tasks and batches can be mapped', async () => {
    const answer = await client.containers(signal);
    if (!answer.ok) throw new Error(answer.error.code);
    const mapped = answer.value.filter(({ addresses }) => (addresses?.length ?? 0) > 0);
    expect(new Set(mapped.map(({ mode }) => mode))).toEqual(
      new Set(['WORKSPACE', 'TASK', 'BATCH_WORKSPACE']),
    );
    const task = mapped.find(({ mode }) => mode === 'TASK');
    const label = new URL(task?.addresses?.[0]?.url ?? 'http://x').hostname.split('.')[0] ?? '';
    expect((await get(label)).status).toBe(200);
  });

  it('a name that another container holds is refused', async () => {
    await expect(create({ mappings: [{ name: 'web', port: 7860 }] })).rejects.toThrow('platform_error');
  });

  it('a service on 127.0.0.1 cannot be reached from outside, one on 0.0.0.0 can', async () => {
    expect((await get('demo-notes')).status).toBe(502);
    expect((await get('demo-web')).status).toBe(200);
  });

  it('models are listed at both forms of the address, whatever key is sent', async () => {
    const { id } = await named('vision-lab');
    const headers = { authorization: 'Bearer EMPTY' };
    for (const label of ['demo-llm', `demo-${id}-8080`]) {
      const answer = await get(label, '/v1/models', headers);
      expect(JSON.parse(answer.body).data[0]).toMatchObject({ object: 'model' });
    }
  });

  it('a mapping works for as long as the container runs', async () => {
    const id = await create({ mappings: [{ name: 'brief', port: 7860 }] });
    await running(id);
    expect((await get('demo-brief')).status).not.toBe(404);
    await client.stop(id, signal);
    expect((await get('demo-brief')).status).toBe(404);
  });
});
