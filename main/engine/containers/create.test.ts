import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import { newContainerSchema } from '../../../shared/model/creation.ts';
import type { RealName } from '../../../shared/model/instance.ts';
import type { Reach } from '../../../shared/model/session.ts';
import type { LocalPlatform, LocalPlatformOptions } from '../../local-platform/index.ts';
import { startTestPlatform } from '../../local-platform/testing/start-test-platform.ts';
import { createCleanup, until } from '../../testing/index.ts';
import { type Clock, silentLog, systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from '../platform/index.ts';
import { createContainers } from './containers.ts';
import { createLastKnown, type LastKnown, noLastKnown } from './last-known.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const cleanup = createCleanup();
afterEach(() => cleanup.run());
const signal = () => new AbortController().signal;

/** Waits are a fiftieth of what they are for people. */
const quickClock: Clock = {
  now: () => Date.now(),
  ticks: () => performance.now(),
  after: (ms, call) => systemClock.after(ms / 50, call),
};

const startPlatform = (options?: Partial<LocalPlatformOptions>) => startTestPlatform(cleanup, options);

function watch(
  platform: LocalPlatform,
  options: {
    lastKnown?: LastKnown;
    offline?: () => boolean;
    realName?: RealName;
    timeoutMs?: number;
  } = {},
) {
  let asked = 0;
  const counting: typeof fetch = (...call) => {
    asked += 1;
    return fetch(...call);
  };
  const make = (token: string) =>
    createPlatformClient({
      instance: { kind: 'local', name: 'x', origin: platform.origin, edge: platform.edge },
      token: new Secret(token),
      fetch: counting,
      clock: systemClock,
      timeoutMs: options.timeoutMs ?? 10_000,
    });
  let client = make(platform.token);
  const pending = new Map<string, readonly Mapping[]>();
  const notes = new Map<string, readonly Mapping[]>();
  const kept = (map: Map<string, readonly Mapping[]>) => ({
    read: (id: string) => map.get(id),
    write: (id: string, list: readonly Mapping[] | undefined) =>
      void (list === undefined ? map.delete(id) : map.set(id, list)),
  });
  const refused: string[] = [];
  let last: { list: readonly Container[]; reach: Reach } = { list: [], reach: { kind: 'asking' } };
  const containers = createContainers({
    client: () => client,
    clock: quickClock,
    random: Math.random,
    log: silentLog,
    publish: () => {},
    heard: (list, reach) => {
      last = { list, reach };
    },
    pending: kept(pending),
    notes: kept(notes),
    facts: () => ({ owner: 'demo', realName: options.realName ?? 'unknown' }),
    refused: (error) => void refused.push(error.code),
    lastKnown: options.lastKnown ?? noLastKnown,
    offline: options.offline ?? (() => false),
  });
  cleanup.later(() => containers.stop());
  containers.start();
  return {
    containers,
    refused,
    last: () => last,
    asked: () => asked,
    renew: (token: string) => {
      client = make(token);
    },
    named: (name: string) => last.list.find((container) => container.name === name),
  };
}

const form = (part: object = {}) =>
  newContainerSchema.parse({
    project: { name: 'fresh' },
    mode: 'WORKSPACE',
    resource: 'cpu',
    runtime: 'pytorch-2.8-2204-cpu',
    ...part,
  });

describe('a new container', () => {
  it('is offered with machines, what they cost, runtimes and data', async () => {
    const { containers } = watch(await startPlatform());
    const answer = await containers.options(signal());
    if (!answer.ok) throw new Error(answer.error.code);
    expect(answer.value.missing).toEqual([]);
    expect(answer.value.resources).toContainEqual(
      expect.objectContaining({
        name: 'rtx-4090',
        gpuCount: 1,
        free: false,
        current: 2,
        limit: 8,
        minutesLeft: 1200,
      }),
    );
    expect(answer.value.resources.filter(({ free }) => free).map(({ name }) => name)).toEqual(['free-cpu']);
    expect(answer.value.runtimes.at(-1)).toMatchObject({ deprecated: true });
    expect(answer.value.datasets).toContain('demo/faces/1');
    expect(answer.value.projects.map(({ name }) => name)).toContain('vision-lab');
  });

  it('is offered without quota where the platform does not tell it', async () => {
    const platform = await startPlatform();
    platform.apiFaults.set('party', { error: { message: 'no' } });
    const { containers } = watch(platform);
    expect((await containers.options(signal())).ok).toBe(false);
    platform.apiFaults.set('party', undefined);
    platform.apiFaults.set('publicDatasetVersions', { error: { message: 'no' } });
    expect(await containers.options(signal())).toMatchObject({ ok: true, value: { missing: [] } });
  });

  it('runs with its mappings, data and a project of its own', async () => {
    const { containers, named } = watch(await startPlatform());
    await containers.refresh();
    const dataBindings = [{ name: 'demo/faces/1', path: '/input0', auth: 'READ_ONLY' }];
    const mappings = [
      { name: 'App', port: ' 7860 ' },
      { name: '', port: '9000' },
    ];
    const created = await containers.create(form({ mappings, dataBindings }), signal());
    expect(created).toMatchObject({ ok: true });
    const container = await until('a new container', () => {
      const found = named('fresh');
      return found?.status.kind === 'running' ? found : undefined;
    });
    expect(container.mappings).toEqual([{ name: 'app', port: 7860 }, { port: 9000 }]);
    expect(container.dataBindings).toEqual(dataBindings);
    expect(container.addresses?.map(({ port }) => port)).toEqual([7860, 9000]);
    const again = await containers.create(form({ mode: 'TASK', command: 'ls' }), signal());
    expect(again.ok).toBe(true);
    const options = await containers.options(signal());
    expect(options.ok && options.value.projects.filter(({ name }) => name === 'fresh')).toHaveLength(1);
  });

  it.each<[string, object, string, string]>([
    ['a name that is held', { mappings: [{ name: 'web', port: '7860' }] }, 'name_taken', 'mappings.0.name'],
    [
      'the same port twice',
      {
        mappings: [
          { name: '', port: '80' },
          { name: '', port: '80' },
        ],
      },
      'port_mapped_already',
      'mappings.1.port',
    ],
    ['a task without a command', { mode: 'TASK', command: ' ' }, 'command_missing', 'command'],
  ])('with %s is not sent', async (_case, part, code, field) => {
    const { containers, asked, refused } = watch(await startPlatform());
    await containers.refresh();
    const before = asked();
    expect(await containers.create(form(part), signal())).toMatchObject({ error: { code, field } });
    expect(asked()).toBe(before);
    expect(refused).toEqual([code]);
  });

  it('maps nothing for an account that is not verified', async () => {
    const { containers } = watch(await startPlatform(), { realName: 'unverified' });
    await containers.refresh();
    const mappings = [{ name: 'app', port: '7860' }];
    expect(await containers.create(form({ mappings }), signal())).toMatchObject({
      error: { code: 'real_name_required' },
    });
    expect((await containers.create(form(), signal())).ok).toBe(true);
  });

  it.each([
    ['job limit', 'job_limit'],
    ['verification', 'real_name_required'],
  ])('is refused by the platform: %s', async (what, code) => {
    const platform = await startPlatform();
    if (what === 'job limit') platform.setLimit('cpu', 0);
    else platform.setVerified(false);
    const { containers, refused } = watch(platform);
    await containers.refresh();
    const mappings = [{ name: 'app', port: '7860' }];
    expect(await containers.create(form({ mappings }), signal())).toMatchObject({ error: { code } });
    expect(refused).toEqual([code]);
  });

  it('without an answer is looked for, and never ordered twice', async () => {
    const platform = await startPlatform();
    platform.apiFaults.set('createJob', { silent: true });
    const { containers, last } = watch(platform, { timeoutMs: 2500 });
    await containers.refresh();
    const created = await containers.create(form(), signal());
    expect(created).toMatchObject({ ok: true });
    await containers.refresh();
    expect(last().list.filter(({ name }) => name === 'fresh')).toHaveLength(1);
  });

  it('without an answer and without a trace stays uncertain', async () => {
    const platform = await startPlatform();
    platform.apiFaults.set('createJob', { http: { status: 502, body: 'bad gateway' } });
    const { containers, last } = watch(platform);
    await containers.refresh();
    expect(await containers.create(form(), signal())).toMatchObject({ error: { code: 'outcome_uncertain' } });
    await containers.refresh();
    expect(last().list.some(({ name }) => name === 'fresh')).toBe(false);
  });
});

describe('a container that is there', () => {
  it('runs a task once more as a new job, with its log', async () => {
    const { containers, named } = watch(await startPlatform());
    await containers.refresh();
    const first = await until('the list', () => named('nightly-train'));
    expect(first.endsAt).toBeGreaterThan(Date.now());
    expect((await containers.restart(first.id, signal())).ok).toBe(true);
    await containers.refresh();
    const second = await until('another container', () =>
      named('nightly-train')?.id === first.id ? undefined : named('nightly-train'),
    );
    expect(second.command).toBe(first.command);
    const log = await containers.logs(second.id, signal());
    expect(log).toMatchObject({ ok: true, value: { truncated: false } });
    expect(log.ok && log.value.text).toContain('python train.py');
  });

  it('runs a task once more only once, when the answer is lost', async () => {
    const platform = await startPlatform();
    const { containers, named, last } = watch(platform, { timeoutMs: 2500 });
    await containers.refresh();
    const first = await until('the list', () => named('nightly-train'));
    const known = new Set(last().list.map(({ id }) => id));
    platform.apiFaults.set('createJob', { silent: true });
    expect((await containers.restart(first.id, signal())).ok).toBe(true);
    await containers.refresh();
    // A task that does little has ended by now, and stands in the list all the same.
    const again = last().list.filter(({ id, projectId }) => projectId === first.projectId && !known.has(id));
    expect(again).toHaveLength(1);
  });

  it('is not stopped for a draft that the platform would refuse', async () => {
    const { containers, named } = watch(await startPlatform());
    await containers.refresh();
    const lab = await until('the list', () => named('vision-lab'));
    containers.setPending(lab.id, [{ name: 'gradio', port: 7860 }]);
    expect(await containers.restart(lab.id)).toMatchObject({
      error: { code: 'name_taken', params: { container: 'old-demo', stopped: 1 } },
    });
    expect(containers.get(lab.id)).toMatchObject({
      status: { kind: 'running' },
      problem: { code: 'name_taken' },
    });
  });

  it('lets whoever waits for it give up', async () => {
    const platform = await startPlatform();
    const { containers, named } = watch(platform);
    await containers.refresh();
    const lab = await until('the list', () => named('vision-lab'));
    platform.apiFaults.set('stopJob', { silent: true });
    const cancel = new AbortController();
    const stopping = containers.stopContainer(lab.id, cancel.signal);
    await until('the stop to begin', () => containers.get(lab.id)?.busy === 'stopping', { everyMs: 5 });
    cancel.abort();
    expect(await stopping).toMatchObject({ error: { code: 'cancelled' } });
    expect(containers.get(lab.id)?.busy).toBeUndefined();
  });
});

describe('keeping current', () => {
  it('asks nothing while the machine is offline, and comes back by itself', async () => {
    let offline = true;
    const { last, asked } = watch(await startPlatform(), { offline: () => offline });
    await until('a failure', () => last().reach.kind === 'failed', { everyMs: 5 });
    expect(last().reach).toMatchObject({ error: { code: 'offline' } });
    expect(asked()).toBe(0);
    offline = false;
    await until('an answer', () => last().reach.kind === 'answered');
    expect(last().list.length).toBeGreaterThan(0);
  });

  it('stops to ask once the token was refused, until there is another one', async () => {
    const platform = await startPlatform();
    const { containers, last, asked, renew } = watch(platform);
    await until('an answer', () => last().reach.kind === 'answered');
    const fresh = platform.expireToken();
    await containers.refresh();
    expect(last().reach).toMatchObject({ kind: 'failed', error: { code: 'token_refused' } });
    expect(last().list.length).toBeGreaterThan(0);
    const before = asked();
    await new Promise((resolve) => quickClock.after(60_000, () => resolve(undefined)));
    expect(asked()).toBe(before);
    renew(fresh);
    await containers.refresh();
    expect(last().reach.kind).toBe('answered');
  });

  it('shows what was last known, marked with its age, until the platform answers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gearway-known-'));
    cleanup.later(() => rm(folder, { recursive: true, force: true }));
    const platform = await startPlatform();
    const keep = () => createLastKnown({ folder, key: () => 'me', clock: systemClock, log: silentLog });
    const before = watch(platform, { lastKnown: keep() });
    await until('an answer', () => before.last().reach.kind === 'answered');
    before.containers.stop();
    await before.containers.flush();
    const [file = ''] = await readdir(folder);
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).not.toMatch(/password/);

    platform.apiFaults.set('*', { silent: true });
    const after = watch(platform, { lastKnown: keep() });
    await until('what was kept', () => after.last().list.length > 0);
    expect(after.last().reach).toMatchObject({ kind: 'asking', lastAt: expect.any(Number) });
    platform.apiFaults.set('*', undefined);

    await writeFile(join(folder, file), '{"version":1,"at":"long ago"}');
    expect(await keep().read()).toBeUndefined();
  });

  it('lists 500 containers with 1,500 services', async () => {
    const platform = await startPlatform({ containers: 500 });
    const { last, asked } = watch(platform, { timeoutMs: 60_000 });
    await until('an answer', () => last().reach.kind === 'answered');
    const crowd = last().list.filter(({ name }) => name.startsWith('crowd-'));
    expect(crowd).toHaveLength(500);
    const mapped = crowd.flatMap(({ mappings }) => (mappings === 'unknown' ? [] : mappings));
    expect(mapped).toHaveLength(1500);
    expect(new Set(crowd.map(({ mode }) => mode)).size).toBe(5);
    // Fewer questions than projects: the list brings the latest job of each.
    expect(asked()).toBeLessThan(250);
    const address = crowd.find(({ status }) => status.kind === 'running')?.addresses?.[0];
    const { port, hostname } = new URL(address?.url ?? 'http://x');
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { host: hostname } });
    expect(answer.status).toBeGreaterThan(0);
  }, 60_000);
});
