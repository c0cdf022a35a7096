import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyEngineChange } from '../../shared/contract/apply-change.ts';
import type { Change } from '../../shared/contract/state.ts';
import { createCleanup, until } from '../testing/index.ts';
import { serve } from './platform/testing/platform.ts';
import { makeEngine } from './testing/make-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const never = new AbortController().signal;
/** Names that every plain object answers to. */
const prototypes = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
];

interface Project {
  readonly id: string;
  readonly name: string;
}

/** A platform that answers what it is told, whatever is asked. */
async function platformWith(projects: readonly Project[], job: (project: Project) => object) {
  const server = await serve((_request, response, body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const operation = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '';
    const of = (id: unknown) => projects.find((project) => project.id === id) ?? projects[0];
    const shown = (id: unknown) => {
      const project = of(id);
      return project === undefined ? null : { ...job(project), id: project.id, project };
    };
    const first = Number(variables.page ?? 1) === 1;
    const answers: Record<string, unknown> = {
      Me: { me: { username: '__proto__', email: null } },
      Orgs: { user: { orgs: prototypes.map((id) => ({ role: 'x', org: { id, displayName: id } })) } },
      Projects: {
        party: {
          projects: {
            data: first ? projects.map((one) => ({ ...one, latestJob: { ...job(one), id: one.id } })) : [],
          },
        },
      },
      ProjectJobs: { project: { jobs: { data: first ? [shown(variables.projectId)] : [] } } },
      Job: { job: shown(variables.jobId) },
      Keys: { keys: prototypes.map((id) => ({ id, name: id, fingerprint: id })) },
    };
    const data = Object.hasOwn(answers, operation) ? answers[operation] : undefined;
    const text =
      data === undefined ? { errors: [{ message: 'GraphQL introspection is not allowed' }] } : { data };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(text));
  });
  cleanup.later(() => server.close());
  return server.instance.origin;
}

async function engineAt(origin: string) {
  const changes: Change<'engine'>[] = [];
  const engine = makeEngine(cleanup, {
    notify: (change) => void changes.push(change as Change<'engine'>),
  });
  await engine.start();
  const opened = await engine.handle(
    'session.signIn',
    { instance: 'private', origin, domain: 'http://gear.localhost:9', token: 'token-of-a-hostile-platform' },
    never,
  );
  expect(opened).toMatchObject({ ok: true });
  return engine;
}

describe('a platform whose names are those of prototypes', () => {
  it('is shown, asked and left like any other, in the engine and in its mirror', async () => {
    const projects = prototypes.map((id) => ({ id, name: id }));
    const origin = await platformWith(projects, () => ({
      mode: 'toString',
      status: 'RUNNING',
      createdAt: '2026-11-30T00:00:00Z',
      resource: { name: '__proto__' },
      runtime: { framework: 'constructor', version: '__proto__' },
      ports: prototypes.map((name, index) => ({ name, port: 7_001 + index })),
      links: prototypes.map((name) => ({ name, value: `http://127.0.0.1:9/${name}` })),
    }));
    const engine = await engineAt(origin);
    const ids = () => Object.keys(engine.snapshot().state.containers);
    await until('all containers', () => prototypes.every((id) => ids().includes(id)));
    await until('a service of each', () =>
      prototypes.every((id) => Object.hasOwn(engine.snapshot().state.services, `${id}:7001`)),
    );
    for (const id of prototypes)
      for (const [request, input] of [
        ['containers.look', { containerId: id }],
        ['tunnels.open', { serviceId: `${id}:7001` }],
        ['services.check', { serviceId: `${id}:7001` }],
        ['services.setOwnPort', { serviceId: `${id}:7001`, on: true }],
        ['containers.restart', { containerId: id }],
        ['mappings.save', { containerId: id, mappings: [{ name: id, port: '7005' }] }],
      ] as const)
        expect(await engine.handle(request, input, AbortSignal.timeout(5_000))).toHaveProperty('ok');
    const state = engine.snapshot().state;
    expect(Object.getPrototypeOf(state.containers)).not.toHaveProperty('mode');
    expect(({} as Record<string, unknown>).mode).toBeUndefined();
    // As the window has it: every change, one after the other.
    const put = JSON.parse(JSON.stringify({ containers: state.containers })) as Change<'engine'>['put'];
    const change: Change<'engine'> = { side: 'engine', epoch: 'test', revision: 1, set: {} };
    const mirrored = applyEngineChange(state, put === undefined ? change : { ...change, put });
    expect(JSON.stringify(mirrored)).toContain('__proto__');
    expect(({} as Record<string, unknown>).mode).toBeUndefined();
  });
});

describe('a platform of 100,000 projects', () => {
  it('is cut where nobody could use more, with a count of the rest', async () => {
    const projects = Array.from({ length: 100_000 }, (_, index) => ({ id: `p${index}`, name: `n${index}` }));
    const origin = await platformWith(projects, () => ({ mode: 'WORKSPACE', status: 'CANCELLED' }));
    const engine = await engineAt(origin);
    const reach = await until(
      'the list',
      () => {
        const { session } = engine.snapshot().state;
        return session.kind === 'open' && session.reach.kind === 'answered' ? session.reach : undefined;
      },
      { deadlineMs: 50_000 },
    );
    expect(reach).toMatchObject({ more: 98_000 });
    expect(Object.keys(engine.snapshot().state.containers)).toHaveLength(2_000);
    expect(JSON.stringify(engine.snapshot().state).length).toBeLessThan(4_000_000);
  });
});
