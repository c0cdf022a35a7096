import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from './client.ts';
import { type StockPlatform, startStockPlatform, type TestJob } from './testing/platform.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const job = (id: string, part: Partial<TestJob> = {}): TestJob => ({
  id,
  projectId: 'p1',
  mode: 'WORKSPACE',
  status: 'RUNNING',
  createdAt: '2026-11-24T08:00:00Z',
  startedAt: '2026-11-24T09:00:00Z',
  password: 'hunter22',
  ports: [{ name: 'web', port: 80 }, { port: 7860 }],
  ...part,
});

async function setup(options: Partial<Parameters<typeof startStockPlatform>[0]> = {}) {
  const platform = await startStockPlatform({
    projects: [{ id: 'p1', name: 'vision-lab' }],
    jobs: [job('j1')],
    ...options,
  });
  closing.push(platform.close);
  return { platform, client: clientOf(platform) };
}

const clientOf = (platform: StockPlatform, user?: string) =>
  createPlatformClient({
    instance: platform.instance,
    token: new Secret('t0ken-of-demo'),
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs: 5000,
    ...(user === undefined ? {} : { user }),
  });

const signal = () => new AbortController().signal;

describe('the platform client', () => {
  it('sends the token and the origin with every request', async () => {
    const { platform, client } = await setup();
    expect(await client.me(signal())).toEqual({
      ok: true,
      value: { user: 'demo', email: 'demo@example.com' },
    });
    expect(platform.headers[0]).toMatchObject({
      authorization: 'Bearer t0ken-of-demo',
      origin: platform.instance.origin,
      'content-type': 'application/json',
    });
  });

  it('reads a container whole', async () => {
    const { client } = await setup();
    const answer = await client.container('j1', signal());
    if (!answer.ok) throw new Error(answer.error.code);
    const { password, ...container } = answer.value;
    expect(container).toEqual({
      id: 'j1',
      projectId: 'p1',
      name: 'vision-lab',
      mode: 'WORKSPACE',
      status: { kind: 'running' },
      runId: 'j1@2026-11-24T09:00:00Z',
      startedAt: Date.parse('2026-11-24T09:00:00Z'),
      createdAt: Date.parse('2026-11-24T08:00:00Z'),
      resource: 'cpu',
      runtime: 'pytorch 2.8',
      mappings: [{ name: 'web', port: 80 }, { port: 7860 }],
      ssh: { user: 'root', host: '127.0.0.1', port: 31_000 },
    });
    expect(password?.reveal()).toBe('hunter22');
    expect(JSON.stringify(answer)).not.toContain('hunter22');
  });

  it('lists all pages of all projects: the latest job of each and those not ended', async () => {
    const projects = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => ({ id, name: `name-${id}` }));
    const jobs = projects.flatMap(({ id }) => [
      job(`${id}-new`, { projectId: id, status: 'SUCCEEDED', createdAt: '2026-11-24T08:00:03Z' }),
      job(`${id}-old`, { projectId: id, status: 'FAILED', createdAt: '2026-11-24T08:00:01Z' }),
    ]);
    jobs.push(job('p1-busy', { status: 'QUEUED', createdAt: '2026-11-24T08:00:02Z' }));
    jobs.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    const { client } = await setup({ projects, jobs, pageSize: 2 });
    const answer = await client.containers(signal());
    if (!answer.ok) throw new Error(answer.error.code);
    expect(answer.value.map((container) => container.id)).toEqual([
      'p1-new',
      'p1-busy',
      'p2-new',
      'p3-new',
      'p4-new',
      'p5-new',
    ]);
    expect(answer.value[1]?.status).toEqual({ kind: 'pending', raw: 'QUEUED' });
  });

  it('asks for the schema once, and for the user once', async () => {
    const { platform, client } = await setup();
    await client.containers(signal());
    const before = platform.calls.length;
    await client.containers(signal());
    const names = platform.calls.slice(before).map((call) => call.name);
    expect(new Set(names)).toEqual(new Set(['Projects', 'ProjectJobs']));
  });

  it('asks nobody for a user that is known', async () => {
    const { platform } = await setup();
    expect((await clientOf(platform, 'demo').containers(signal())).ok).toBe(true);
    expect(platform.calls.map((call) => call.name)).not.toContain('Me');
    expect(platform.calls.map((call) => call.name)).toContain('Projects');
  });

  it('starts a workspace again with its resource, runtime, data and new mappings', async () => {
    const dataBindings = [{ mountPath: '/input0', semanticBindingName: 'd', bindingAuth: 'READ_WRITE' }];
    const { platform, client } = await setup({ jobs: [job('j1', { status: 'CANCELLED', dataBindings })] });
    const mappings = [{ name: 'api', port: 8000 }, { port: 9000 }];
    expect(await client.restart('j1', { mappings }, signal())).toEqual({ ok: true, value: { id: 'j1' } });
    expect(platform.calls.find((call) => call.name === 'RestartWorkspace')?.variables).toEqual({
      userId: 'demo',
      jobId: 'j1',
      input: {
        resource: 'cpu',
        runtime: 'pytorch-2.8',
        dataBindings: [{ name: 'd', path: '/input0', bindingAuth: 'READ_WRITE' }],
        parameters: [],
        useRDMADevices: false,
        ports: mappings,
      },
    });
  });

  it('creates, lists and names everything else', async () => {
    const { platform, client } = await setup();
    const wanted = { projectId: 'p1', resource: 'cpu', runtime: 'r', mappings: [{ port: 80 }] };
    expect(await client.createContainer({ ...wanted, mode: 'WORKSPACE' }, signal())).toEqual({
      ok: true,
      value: { id: 'newjob' },
    });
    expect((await client.createContainer({ ...wanted, mode: 'TASK', command: 'x' }, signal())).ok).toBe(true);
    expect(platform.calls.at(-1)?.variables.input).toMatchObject({
      newTask: { command: 'x' },
      ports: [{ port: 80 }],
    });
    expect(await client.createProject('lab', signal())).toEqual({ ok: true, value: { id: 'newproject' } });
    expect((await client.addKey({ name: 'n', content: 'ssh-ed25519 A' }, signal())).ok).toBe(true);
    expect(await client.keys(signal())).toMatchObject({ ok: true, value: [{ id: 'k1' }] });
    expect(await client.resources(signal())).toMatchObject({ ok: true, value: [{ label: 'CPU' }] });
    expect(await client.runtimes(signal())).toMatchObject({ ok: true, value: [{ deprecated: true }, {}] });
    expect(await client.stop('j1', signal())).toEqual({ ok: true, value: null });
  });

  it('says that a container is not there', async () => {
    const { client } = await setup();
    expect(await client.container('nope', signal())).toMatchObject({
      error: { code: 'container_not_found' },
    });
  });
});

describe('mappings in an API that documents none', () => {
  it.each([
    ['the schema tells', true, true, [{ name: 'web', port: 80 }, { port: 7860 }]],
    [
      'the schema is kept secret but has the likely shape',
      false,
      true,
      [{ name: 'web', port: 80 }, { port: 7860 }],
    ],
    ['the schema has no ports', true, false, 'unknown'],
    ['the schema is kept secret and has no ports', false, false, 'unknown'],
  ])('are read where %s', async (_case, introspection, ports, mappings) => {
    const { client } = await setup({ introspection, ports });
    const answer = await client.containers(signal());
    expect(answer.ok && answer.value[0]?.mappings).toEqual(mappings);
  });

  it('are given up with all that is not promised where the server knows none of it', async () => {
    const { client } = await setup({ introspection: false, ports: false, bare: true });
    const answer = await client.containers(signal());
    expect(answer).toMatchObject({ ok: true, value: [{ id: 'j1', mappings: 'unknown' }] });
  });

  it('are left out of a restart where the schema has no place for them', async () => {
    const { platform, client } = await setup({ ports: false, jobs: [job('j1', { status: 'FAILED' })] });
    expect((await client.restart('j1', { mappings: [{ port: 80 }] }, signal())).ok).toBe(true);
    expect(platform.calls.at(-1)?.variables.input).not.toHaveProperty('ports');
  });

  it('that must be there are not dropped silently', async () => {
    const { platform, client } = await setup({ ports: false, jobs: [job('j1', { status: 'FAILED' })] });
    expect(await client.restart('j1', { mappings: [{ port: 80 }], mustMap: true }, signal())).toMatchObject({
      error: { code: 'mappings_not_writable' },
    });
    expect(platform.calls.map((call) => call.name)).not.toContain('RestartWorkspace');
  });

  it('are sent once where the schema is kept secret, and the refusal is believed', async () => {
    const { platform, client } = await setup({
      ports: false,
      introspection: false,
      jobs: [job('j1', { status: 'FAILED' })],
    });
    const next = { mappings: [{ port: 80 }], mustMap: true } as const;
    expect(await client.restart('j1', next, signal())).toMatchObject({
      error: { code: 'mappings_not_writable' },
    });
    expect(client.diagnostics().mappings).toEqual({ read: 'no', write: 'no' });
    const tries = () => platform.calls.filter((call) => call.name === 'RestartWorkspace').length;
    expect(tries()).toBe(1);
    expect((await client.restart('j1', next, signal())).ok).toBe(false);
    expect(tries()).toBe(1);
    expect((await client.restart('j1', { mappings: [{ port: 80 }] }, signal())).ok).toBe(true);
  });
});
