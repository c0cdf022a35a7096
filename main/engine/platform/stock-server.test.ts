import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addMocksToSchema, type IMocks } from '@graphql-tools/mock';
import { GraphQLError } from 'graphql';
import { createSchema, createYoga, type Plugin } from 'graphql-yoga';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Result } from '../../../shared/result.ts';
import { sdl } from '../../local-platform/sdl.ts';
import { systemClock } from '../base/effects.ts';
import { Secret } from '../base/secret.ts';
import { createPlatformClient } from './client.ts';
import { logIn } from './login.ts';
import { queries } from './queries.ts';
import { instanceAt } from './testing/platform.ts';
import type { PlatformClient } from './types.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const signal = () => new AbortController().signal;

/** Every page holds the same: the mock knows nothing of pages, and would invent new ones for ever. */
const sameIds: IMocks = { ID: () => 'x1' };

/** Nothing of ours but the schema: a stock server with values of the mocking library's own making. */
async function setup(mocks: IMocks = {}, introspection = true) {
  const schema = addMocksToSchema({
    schema: createSchema({ typeDefs: sdl }),
    mocks: { ...sameIds, ...aWorkspace, ...mocks },
  });
  const errors: unknown[] = [];
  const operations = new Set<string>();
  const watch: Plugin = {
    onParams({ params }) {
      operations.add(operationOf(params.query ?? ''));
    },
    onValidate({ addValidationRule }) {
      if (!introspection) addValidationRule(noIntrospection);
      return ({ result }) => void errors.push(...result);
    },
  };
  const yoga = createYoga({
    schema,
    graphqlEndpoint: '/gateway',
    logging: false,
    maskedErrors: false,
    plugins: [watch],
  });
  const server = createServer(yoga);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const instance = instanceAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const parts = { instance, fetch: globalThis.fetch, clock: systemClock, timeoutMs: 20_000 };
  return {
    parts,
    client: createPlatformClient({ ...parts, token: new Secret('t0ken') }),
    errors,
    operations,
    close,
  };
}

/** Every job is a workspace. */
const aWorkspace: IMocks = {
  Job: () => ({ __typename: 'Workspace' }),
  Workspace: () => ({ mode: 'WORKSPACE' }),
};

/** Every job is a batch of workspaces. */
const aBatch: IMocks = {
  Job: () => ({ __typename: 'BatchWorkspace' }),
  BatchWorkspace: () => ({ mode: 'BATCH_WORKSPACE' }),
};

const operationOf = (document: string): string => /(?:query|mutation)\s+(\w+)/.exec(document)?.[1] ?? '';

const noIntrospection: typeof import('graphql').NoSchemaIntrospectionCustomRule = (context) => ({
  Field(node) {
    if (node.name.value.startsWith('__')) {
      context.reportError(new GraphQLError('GraphQL introspection is not allowed'));
    }
  },
});

const questions: readonly (readonly [string, (client: PlatformClient) => Promise<Result<unknown>>])[] = [
  ['who am I', (client) => client.me(signal())],
  ['real name', (client) => client.realName(signal())],
  ['organisations', (client) => client.parties(signal())],
  ['projects', (client) => client.projects(signal())],
  ['containers', (client) => client.containers(signal())],
  ['jobs of a project', (client) => client.projectContainers('p', signal())],
  ['one container', (client) => client.container('j', signal())],
  ['machines', (client) => client.resources(signal())],
  ['runtimes', (client) => client.runtimes(signal())],
  ['quota', (client) => client.quota(signal())],
  ['data sets', (client) => client.datasets(signal())],
  ['log', (client) => client.logs('j', signal())],
  ['keys', (client) => client.keys(signal())],
];

const made = { projectId: 'p', resource: 'cpu', runtime: 'r', mappings: [{ name: 'web', port: 7860 }] };
const bindings = [{ name: 'demo/faces/1', path: '/input0', auth: 'READ_ONLY' }] as const;
const orders: readonly (readonly [string, (client: PlatformClient) => Promise<Result<unknown>>])[] = [
  ['a new project', (client) => client.createProject('lab', signal())],
  ['a new key', (client) => client.addKey({ name: 'laptop', content: 'ssh-ed25519 AAAA' }, signal())],
  ['a stop', (client) => client.stop('j', signal())],
  [
    'a workspace',
    (client) => client.createContainer({ ...made, mode: 'WORKSPACE', dataBindings: bindings }, signal()),
  ],
  ['a task', (client) => client.createContainer({ ...made, mode: 'TASK', command: 'ls' }, signal())],
  [
    'a batch of workspaces',
    (client) => client.createContainer({ ...made, mode: 'BATCH_WORKSPACE', size: 2 }, signal()),
  ],
  [
    'a batch of tasks',
    (client) => client.createContainer({ ...made, mode: 'BATCH_TASK', command: 'ls', size: 2 }, signal()),
  ],
  ['a restart', (client) => client.restart('j', { mappings: made.mappings }, signal())],
];

describe.each([
  ['tells its schema', true],
  ['keeps its schema secret', false],
])('a stock server that mocks the schema and %s', (_case, introspection) => {
  let server: Awaited<ReturnType<typeof setup>>;
  beforeAll(async () => {
    server = await setup({}, introspection);
  });
  afterAll(() => server.close());

  it.each([...questions, ...orders])('answers: %s', async (_name, ask) => {
    expect(await ask(server.client)).toMatchObject({ ok: true });
    if (introspection) expect(server.errors).toEqual([]);
  });

  it('gives a token for a password', async () => {
    const typed = { username: 'demo', password: new Secret('pass') };
    expect(await logIn(server.parts, typed, signal())).toMatchObject({ ok: true });
  });

  it('was asked every operation that the client knows', async () => {
    const batch = await setup(aBatch, introspection);
    const restarted = await batch.client.restart('j', { mappings: made.mappings }, signal());
    await batch.close();
    expect(restarted).toMatchObject({ ok: true });
    const known = Object.values(queries).map((document) =>
      operationOf(typeof document === 'string' ? document : document('x')),
    );
    const asked = new Set([...server.operations, ...batch.operations]);
    // Without the schema nobody knows the field that tells it.
    const wanted = known.filter(
      (name) => !name.startsWith('Plain') && (introspection || name !== 'RealName'),
    );
    expect(wanted.filter((name) => !asked.has(name))).toEqual([]);
  });
});

describe('what a stock server invents', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  async function inventing(mocks: IMocks, introspection = true) {
    const { client, close } = await setup(mocks, introspection);
    closing.push(close);
    return client;
  }
  const mock = (type: string, value: object): IMocks => ({ [type]: () => value });
  const jobs = (job: object) => ({ ...mock('Job', { __typename: 'Workspace' }), ...mock('Workspace', job) });

  it('is shown with the raw word where it is no word on record', async () => {
    const client = await inventing(jobs({ status: 'PONDERING', mode: 'SEANCE' }));
    const answer = await client.container('j', signal());
    expect(answer).toMatchObject({
      value: { status: { kind: 'pending', raw: 'PONDERING' }, mode: 'SEANCE' },
    });
  });

  it('becomes mappings with their true addresses', async () => {
    const client = await inventing({
      ...jobs({ status: 'RUNNING' }),
      ...mock('Port', { name: 'web', port: 7860, url: 'https://elsewhere.example/app/' }),
    });
    const answer = await client.container('j', signal());
    if (!answer.ok) throw new Error(answer.error.code);
    expect(answer.value.mappings).toContainEqual({ name: 'web', port: 7860 });
    expect(answer.value.addresses).toContainEqual({ port: 7860, url: 'https://elsewhere.example/app' });
  });

  it('is no address where it is no web address', async () => {
    const client = await inventing({
      ...jobs({ status: 'RUNNING' }),
      ...mock('Port', { name: 'web', port: 7860, url: 'file:///etc/passwd' }),
      ...mock('Link', { name: 'web', value: 'https://user:pass@elsewhere.example/' }),
    });
    const answer = await client.container('j', signal());
    expect(answer).toMatchObject({ ok: true, value: { status: { kind: 'running' } } });
    expect(answer.ok && answer.value.addresses).toBeUndefined();
  });

  it('tells the verification by a field of the schema', async () => {
    const client = await inventing(mock('User', { realNameVerified: false }));
    expect(await client.realName(signal())).toEqual({ ok: true, value: 'unverified' });
    const silent = await inventing(mock('User', { realNameVerified: true }), false);
    expect(await silent.realName(signal())).toEqual({ ok: true, value: 'unknown' });
  });
});
