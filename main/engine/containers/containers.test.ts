import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Container, Mapping } from '../../../shared/model/container.ts';
import type { Reach } from '../../../shared/model/session.ts';
import { type Clock, silentLog, systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from '../platform/index.ts';
import { startStockPlatform, type TestJob } from '../platform/testing/platform.ts';
import { createContainers } from './containers.ts';
import { type LastKnown, noLastKnown } from './last-known.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const job = (id: string, part: Partial<TestJob> = {}): TestJob => ({
  id,
  projectId: `project-of-${id}`,
  mode: 'WORKSPACE',
  status: 'RUNNING',
  createdAt: '2026-11-24T08:00:00Z',
  startedAt: '2026-11-24T09:00:00Z',
  password: 'hunter22',
  ports: [{ name: 'web', port: 80 }],
  ...part,
});

/** Timers run ten times as fast; deadlines stay what they are in relation to each other. */
const quickClock: Clock = {
  now: () => Date.now() * 10,
  ticks: () => performance.now() * 10,
  after: (ms, call) => systemClock.after(ms / 10, call),
};

async function setup(
  options: {
    jobs?: TestJob[];
    stopDeadlineMs?: number;
    writeOnly?: boolean;
    timeoutMs?: number;
    lastKnown?: LastKnown;
    offline?: () => boolean;
    clock?: Clock;
  } = {},
) {
  const jobs = options.jobs ?? [job('j1')];
  const projects = jobs.map(({ id }) => ({ id: `project-of-${id}`, name: `lab-${id}` }));
  const platform = await startStockPlatform({ projects, jobs, writeOnly: options.writeOnly });
  closing.push(platform.close);
  const client = createPlatformClient({
    instance: platform.instance,
    token: new Secret('t0ken'),
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs: options.timeoutMs ?? 5000,
  });
  const memory = new Map<string, readonly Mapping[]>();
  const notes = new Map<string, readonly Mapping[]>();
  const seen: { containers: readonly Container[]; reach: Reach; isNews: boolean }[] = [];
  let signedIn = true;
  const containers = createContainers({
    client: () => (signedIn ? client : undefined),
    clock: options.clock ?? quickClock,
    random: () => 0.5,
    publish: () => {},
    heard: (list, reach, isNews) => seen.push({ containers: list, reach, isNews }),
    pending: {
      read: (id) => memory.get(id),
      write: (id, mappings) => {
        if (mappings === undefined) memory.delete(id);
        else memory.set(id, mappings);
      },
    },
    notes: { read: (id) => notes.get(id), write: (id, list) => void notes.set(id, list ?? []) },
    facts: () => ({ owner: 'demo' }),
    lastKnown: options.lastKnown ?? noLastKnown,
    offline: options.offline ?? (() => false),
    log: silentLog,
    stopDeadlineMs: options.stopDeadlineMs,
  });
  closing.push(() => containers.stop());
  containers.start();
  await containers.refresh();
  return {
    platform,
    containers,
    memory,
    seen,
    last: () => seen.at(-1),
    busySeen: () => [...new Set(seen.flatMap(({ containers: list }) => list.map(({ busy }) => busy)))],
    signOut: () => {
      signedIn = false;
      containers.stop();
    },
  };
}

const api: Mapping = { name: 'api', port: 8000 };

describe('the list of containers', () => {
  it('is published without the passwords, which can be asked for', async () => {
    const { last, containers } = await setup();
    expect(last()?.reach.kind).toBe('answered');
    expect(last()?.containers).toMatchObject([
      { id: 'j1', name: 'lab-j1', look: { kind: 'never' }, mappings: [{ name: 'web', port: 80 }] },
    ]);
    expect(last()?.containers[0]).not.toHaveProperty('password');
    expect(containers.password('j1')?.reveal()).toBe('hunter22');
  });

  it('is asked for again and again, sooner while something changes', async () => {
    const { platform, last } = await setup({ jobs: [job('j1', { status: 'QUEUED' })] });
    expect(last()?.containers[0]?.status).toEqual({ kind: 'pending', raw: 'QUEUED' });
    const [first] = platform.jobs;
    if (first !== undefined) first.status = 'RUNNING';
    await vi.waitFor(() => expect(last()?.containers[0]?.status.kind).toBe('running'), 2000);
  });

  it('stays as it was, with its age, while the platform does not answer', async () => {
    const { platform, containers, last } = await setup();
    platform.refuse = () => ({ message: 'jwt expired', code: '' });
    await containers.refresh();
    expect(last()?.containers).toHaveLength(1);
    expect(last()?.reach).toMatchObject({
      kind: 'failed',
      lastAt: expect.any(Number),
      error: { code: 'token_refused' },
    });
  });

  it('is not waited for by whoever gives up, and asked for again', async () => {
    const { platform, containers, last } = await setup();
    platform.hold = () => true;
    const stop = new AbortController();
    const asked = containers.refresh(stop.signal);
    stop.abort();
    expect(await asked).toMatchObject({ error: { code: 'cancelled' } });
    expect(last()?.reach.kind).toBe('answered');
    platform.hold = undefined;
    expect(await containers.refresh()).toEqual({ ok: true, value: null });
  });

  it('is no news when it says what is known already', async () => {
    const { platform, containers, last } = await setup();
    await containers.refresh();
    await containers.refresh();
    expect(last()?.isNews).toBe(false);
    const [first] = platform.jobs;
    if (first !== undefined) first.status = 'SUCCEEDED';
    await containers.refresh();
    expect(last()).toMatchObject({ isNews: true, containers: [{ status: { kind: 'ended' } }] });
  });

  it('that told nothing new is asked for at once when a service goes down, and once however many do', async () => {
    let passed = 0;
    const clock: Clock = { ...quickClock, now: () => quickClock.now() + passed };
    const { platform, containers, last } = await setup({ clock });
    await containers.refresh();
    const [first] = platform.jobs;
    if (first !== undefined) first.status = 'SUCCEEDED';
    const lists = () =>
      platform.calls.filter(({ name, variables }) => name === 'Projects' && variables.page === 1).length;
    const before = lists();
    passed += 10_000;
    containers.doubt();
    await vi.waitFor(() => expect(last()?.containers[0]?.status.kind).toBe('ended'), 1_000);
    containers.doubt();
    containers.doubt();
    expect(lists() - before).toBe(1);
  });

  it('that is a moment old is asked for soon when a service goes down', async () => {
    const { platform, containers, last } = await setup();
    await containers.refresh();
    const [first] = platform.jobs;
    if (first !== undefined) first.status = 'SUCCEEDED';
    containers.doubt();
    // After 2 s of this clock's tenfold pace, where a minute would be 6 s.
    await vi.waitFor(() => expect(last()?.containers[0]?.status.kind).toBe('ended'), 4_000);
  });

  it('puts one question at a time', async () => {
    const { platform, containers } = await setup();
    const before = platform.calls.length;
    await Promise.all([containers.refresh(), containers.refresh(), containers.refresh()]);
    const lists = platform.calls
      .slice(before)
      .filter((call) => call.name === 'Projects' && call.variables.page === 1);
    expect(lists).toHaveLength(1);
  });

  it('is no longer asked for after the end', async () => {
    const { platform, containers, signOut, seen } = await setup();
    platform.hold = () => true;
    const waiting = containers.refresh();
    signOut();
    expect(await waiting).toMatchObject({ error: { code: 'cancelled' } });
    const published = seen.length;
    expect(await containers.refresh()).toMatchObject({ error: { code: 'not_signed_in' } });
    expect(seen).toHaveLength(published);
  });
});

describe('a restart', () => {
  it('stops, waits for the end, and starts with the mappings that wait', async () => {
    const { platform, containers, memory, busySeen } = await setup();
    platform.stopAfterReads = 2;
    const next = [{ name: 'web', port: 80 }, api];
    containers.setPending('j1', next);
    expect(containers.get('j1')?.pendingMappings).toEqual(next);
    expect(await containers.restart('j1')).toEqual({ ok: true, value: null });
    const writes = platform.calls.map((call) => call.name).filter((name) => /Stop|Restart/.test(name));
    expect(writes).toEqual(['StopJob', 'RestartWorkspace']);
    expect(containers.get('j1')).toMatchObject({ status: { kind: 'running' }, mappings: next });
    expect(containers.get('j1')?.busy).toBeUndefined();
    expect(containers.get('j1')?.pendingMappings).toBeUndefined();
    expect(memory.size).toBe(0);
    expect(busySeen()).toContain('restarting');
  });

  it('keeps the mappings that are in effect where none wait', async () => {
    const { platform, containers } = await setup();
    await containers.restart('j1');
    expect(platform.calls.find((call) => call.name === 'RestartWorkspace')?.variables.input).toMatchObject({
      ports: [{ name: 'web', port: 80 }],
    });
  });

  it('that is refused leaves the draft pending and the reason on the container', async () => {
    const { platform, containers } = await setup();
    platform.refuse = (operation) =>
      operation === 'RestartWorkspace'
        ? { message: 'too many', code: 'EXCEED_JOB_COUNT_LIMITATION' }
        : undefined;
    containers.setPending('j1', [api]);
    expect(await containers.restart('j1')).toMatchObject({ error: { code: 'job_limit' } });
    expect(containers.get('j1')).toMatchObject({
      status: { kind: 'ended' },
      problem: { code: 'job_limit' },
      pendingMappings: [api],
    });
    platform.refuse = undefined;
    expect(await containers.startContainer('j1')).toEqual({ ok: true, value: null });
    expect(containers.get('j1')?.problem).toBeUndefined();
    expect(containers.get('j1')?.mappings).toEqual([api]);
  });

  it('gives up on a container that does not stop', async () => {
    const { platform, containers } = await setup({ stopDeadlineMs: 1000 });
    platform.stopAfterReads = 1000;
    expect(await containers.restart('j1')).toMatchObject({
      error: { code: 'container_stop_timeout', params: { name: 'lab-j1', seconds: 1 } },
    });
    expect(platform.calls.map((call) => call.name)).not.toContain('RestartWorkspace');
  });

  it('without an answer is looked up and not sent again', async () => {
    const { platform, containers } = await setup({
      timeoutMs: 1500,
      jobs: [job('j1', { status: 'FAILED' })],
    });
    containers.setPending('j1', [api]);
    platform.hold = (operation) => {
      if (operation !== 'RestartWorkspace') return false;
      const [first] = platform.jobs;
      // The order arrives and is carried out; only its answer is lost.
      if (first !== undefined) {
        Object.assign(first, { status: 'RUNNING', startedAt: '2026-11-24T10:30:00Z', ports: [api] });
      }
      return true;
    };
    expect(await containers.startContainer('j1')).toEqual({ ok: true, value: null });
    expect(containers.get('j1')?.pendingMappings).toBeUndefined();
    expect(platform.calls.filter((call) => call.name === 'RestartWorkspace')).toHaveLength(1);
  });

  it('without an answer and without a new run stays uncertain, the draft kept', async () => {
    const { platform, containers } = await setup({
      timeoutMs: 1500,
      jobs: [job('j1', { status: 'FAILED' })],
    });
    containers.setPending('j1', [api]);
    platform.hold = (operation) => operation === 'RestartWorkspace';
    expect(await containers.startContainer('j1')).toMatchObject({ error: { code: 'outcome_uncertain' } });
    expect(containers.get('j1')).toMatchObject({
      problem: { code: 'outcome_uncertain' },
      pendingMappings: [api],
    });
  });

  it('keeps a draft that was edited meanwhile for the next start', async () => {
    const { platform, containers } = await setup();
    containers.setPending('j1', [api]);
    platform.refuse = (operation) => {
      if (operation === 'RestartWorkspace') containers.setPending('j1', [api, { port: 9000 }]);
      return undefined;
    };
    expect(await containers.restart('j1')).toEqual({ ok: true, value: null });
    expect(containers.get('j1')).toMatchObject({ mappings: [api], pendingMappings: [api, { port: 9000 }] });
  });

  it('remembers what was sent where the platform does not tell', async () => {
    const { containers } = await setup({ writeOnly: true });
    expect(containers.get('j1')?.mappings).toBe('unknown');
    containers.setPending('j1', [api]);
    expect((await containers.restart('j1')).ok).toBe(true);
    expect(containers.get('j1')).toMatchObject({ mappings: [api], mappingsFrom: 'sent' });
    expect(containers.get('j1')?.pendingMappings).toBeUndefined();
  });
});

describe('a stop', () => {
  const stops = (platform: { readonly calls: readonly { readonly name: string }[] }) =>
    platform.calls.filter(({ name }) => name === 'StopJob').length;

  it('without an answer is looked up and not sent again', async () => {
    const { platform, containers } = await setup({ timeoutMs: 1000 });
    platform.hold = (operation) => {
      if (operation !== 'StopJob') return false;
      const [first] = platform.jobs;
      if (first !== undefined) first.status = 'CANCELLED';
      return true;
    };
    expect(await containers.stopContainer('j1')).toEqual({ ok: true, value: null });
    expect(containers.get('j1')?.status.kind).toBe('ended');
    expect(stops(platform)).toBe(1);
  });

  it('that never arrived is said at the deadline, and not sent again', async () => {
    const { platform, containers } = await setup({ timeoutMs: 500, stopDeadlineMs: 6000 });
    platform.hold = (operation) => operation === 'StopJob';
    expect(await containers.stopContainer('j1')).toMatchObject({ error: { code: 'container_stop_timeout' } });
    expect(stops(platform)).toBe(1);
  });
});

describe('an action', () => {
  it('is given up by anybody, who sees then what the platform tells', async () => {
    const { platform, containers } = await setup();
    platform.hold = (operation) => operation === 'StopJob';
    const stopping = containers.stopContainer('j1');
    await vi.waitFor(() => expect(platform.calls.map((call) => call.name)).toContain('StopJob'));
    expect(await containers.restart('j1')).toMatchObject({ error: { code: 'container_busy' } });
    expect(containers.giveUp('j1')).toEqual({ ok: true, value: null });
    expect(await stopping).toMatchObject({ error: { code: 'cancelled' } });
    expect(containers.get('j1')).toMatchObject({ busy: undefined, problem: undefined });
    expect(containers.giveUp('nope')).toMatchObject({ error: { code: 'container_not_found' } });
  });

  it.each([['TASK'], ['BATCH_TASK'], ['HYPER_TUNING']])('does not restart a %s', async (mode) => {
    const { platform, containers } = await setup({ jobs: [job('j1', { mode })] });
    expect(await containers.restart('j1')).toMatchObject({
      error: { code: 'container_not_restartable', params: { name: 'lab-j1' } },
    });
    expect(platform.calls.map((call) => call.name)).not.toContain('StopJob');
  });

  it('is refused while another is under way', async () => {
    const { platform, containers } = await setup();
    platform.stopAfterReads = 2;
    const stopping = containers.stopContainer('j1');
    expect(await containers.restart('j1')).toMatchObject({ error: { code: 'container_busy' } });
    expect(await stopping).toEqual({ ok: true, value: null });
    expect(containers.get('j1')?.status.kind).toBe('ended');
    expect(containers.get('j1')?.problem).toBeUndefined();
  });

  it('ends when the person signs out', async () => {
    const { platform, containers, signOut } = await setup();
    platform.stopAfterReads = 1000;
    const stopping = containers.stopContainer('j1');
    await vi.waitFor(() => expect(platform.calls.map((call) => call.name)).toContain('StopJob'));
    signOut();
    expect(await stopping).toMatchObject({ error: { code: 'cancelled' } });
  });

  it('does nothing where nothing is to do, and knows its containers', async () => {
    const { platform, containers } = await setup();
    expect(await containers.startContainer('j1')).toEqual({ ok: true, value: null });
    expect(await containers.restart('nope')).toMatchObject({ error: { code: 'container_not_found' } });
    expect(platform.calls.map((call) => call.name)).not.toContain('StopJob');
  });
});

describe('the SSH endpoint', () => {
  it('is read from the platform each time', async () => {
    const { platform, containers } = await setup();
    const [first] = platform.jobs;
    if (first !== undefined) Object.assign(first, { startedAt: '2026-11-24T11:00:00Z', password: 'other' });
    const endpoint = await containers.sshEndpoint('j1', new AbortController().signal);
    expect(endpoint).toMatchObject({
      ok: true,
      value: { host: '127.0.0.1', port: 31_000, user: 'root', runId: 'j1@2026-11-24T11:00:00Z' },
    });
    expect(endpoint.ok && endpoint.value.password?.reveal()).toBe('other');
    expect(containers.get('j1')?.runId).toBe('j1@2026-11-24T11:00:00Z');
  });
});
