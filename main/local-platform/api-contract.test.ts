import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { silentLog, systemClock } from '../engine/base/effects.ts';
import { createCleanup, until } from '../testing/index.ts';
import { type LocalPlatform, startLocalPlatform } from './index.ts';
import { startTestPlatform } from './testing/start-test-platform.ts';

/** Servers of their own, and a machine that may be busy with other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

/**
 * The operations of the public examples and of the platform's own command, with the variables as those send them:
 * empty parts as `null`, lists of tags, words of enumerations as text.
 */
const cleanup = createCleanup();
let platform: LocalPlatform;
let token: string;
beforeAll(async () => {
  platform = await startTestPlatform(cleanup);
  token = platform.token;
});
afterAll(() => cleanup.run());
afterEach(() => {
  platform.setVerified(true);
  platform.setLimit('cpu', 20);
  for (const name of ['*', 'me', 'createJob']) platform.apiFaults.set(name, undefined);
});

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().optional(), details: z.unknown() }).partial().optional(),
      }),
    )
    .optional(),
});

async function ask(query: string, variables: object = {}, path = '/gateway') {
  const response = await fetch(`${platform.origin}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      origin: `${platform.origin}/gateway`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query, variables }),
  });
  return answerSchema.parse(await response.json());
}

const userId = 'demo';
const job = 'id links { name value }';
const projectId = async () => {
  const { data } = await ask(
    `mutation CreateProject($userId: String!, $name: String!, $description: String, $tagNames: [TagInput]) {
      createProject(userId: $userId, name: $name, description: $description, tagNames: $tagNames) {
        id name links { name value } } }`,
    { userId, name: 'contract', description: '', tagNames: [{ name: 'BUSINESS_CHANNEL_ML' }] },
  );
  return z.object({ createProject: z.object({ id: z.string() }) }).parse(data).createProject.id;
};
/** Every field of the input is sent, those that are not meant as `null`. */
const createInput = async (part: object) => ({
  mode: 'TASK',
  projectId: await projectId(),
  runtime: 'pytorch-2.8-2204-cpu',
  resource: 'cpu',
  newBatchTask: null,
  newTask: null,
  newWorkspace: null,
  newBatchWorkspace: null,
  dataBindings: null,
  tagNames: [{ name: 'BUSINESS_CHANNEL_ML' }],
  ...part,
});
const create = async (part: object) =>
  ask(
    `mutation CreateJob($userId: String!, $input: CreateJobInput) {
      createJob(userId: $userId, input: $input) { ${job} } }`,
    { userId, input: await createInput(part) },
  );
const idOf = (data: unknown) =>
  z.object({ createJob: z.object({ id: z.string() }) }).parse(data).createJob.id;

describe('the local platform takes what the public clients send', () => {
  it.each<[string, string, object]>([
    ['who am I', 'query { me { username email } }', {}],
    [
      'organisations of a user',
      'query Orgs($username: String!) { user(username: $username) { orgs { role org { id displayName } } } }',
      { username: userId },
    ],
    [
      'one organisation',
      'query Org($orgId: ID!) { org(id: $orgId) { id displayName } }',
      { orgId: 'open-lab' },
    ],
    [
      'projects with their latest job',
      `query Projects($partyId: ID!, $page: Int!, $tagNames: [String!]) { party(id: $partyId) {
        projects(page: $page, tagNames: $tagNames) { data { id name links { name value } size updatedAt
          latestVersion latestJob { status } } } } }`,
      { partyId: userId, page: 1, tagNames: ['BUSINESS_CHANNEL_ML'] },
    ],
    [
      'a project by id or name',
      `query Projects($partyId: ID!, $q: String!, $page: Int!, $tagNames: [String!], $perPage: Int!) {
        party(id: $partyId) { projects(q: $q, page: $page, tagNames: $tagNames, perPage: $perPage) {
          data { id name links { name value } } } } }`,
      { partyId: userId, q: 'vision', page: 1, tagNames: [], perPage: 10 },
    ],
    [
      'quota',
      `query Quota($partyId: ID!) { party(id: $partyId) {
        quota { computationQuota { value { availableMinutes } key } } } }`,
      { partyId: userId },
    ],
    [
      'limits of machines',
      `query Resources($partyId: ID!) { party(id: $partyId) {
        limitations { resources { key value { current limit } } } } }`,
      { partyId: userId },
    ],
    [
      'machines',
      `query NormalClusterResources($partyId: String, $type: [DeployType], $labels: [String]) {
        normalClusterResources(partyId: $partyId, type: $type, labels: $labels) { name memory type
          cpu { type millicores count } disk { type size } gpu { verboseName vendor type name mode memory group
          description count } verboseName gpuResource labels } }`,
      { partyId: userId, type: ['JOB'], labels: [] },
    ],
    [
      'runtimes',
      `query Runtimes($partyId: String) { normalClusterRuntimes(partyId: $partyId) {
        name framework version device labels deprecated } }`,
      { partyId: userId },
    ],
    [
      'public data sets',
      `query PublicDatasetVersions($status: [DatasetStatusInput], $tagIds: [Int!], $q: String!) {
        publicDatasetVersions(status: $status, tagIds: $tagIds, q: $q) { data { semanticBindingName createdAt } } }`,
      { status: 'VALID', tagIds: [0], q: '' },
    ],
    [
      'own data sets',
      `query Data($partyId: ID!, $status: [DatasetStatusInput], $q: String!) { party(id: $partyId) {
        datasetVersions(status: $status, q: $q) { data { semanticBindingName createdAt } } } }`,
      { partyId: userId, status: ['ALL'], q: '' },
    ],
    [
      'outputs of ended jobs',
      `query Jobs($partyId: ID!, $status: [JobStatusInput]) { party(id: $partyId) {
        jobs(status: $status) { data { output { path } createdAt } } } }`,
      { partyId: userId, status: ['CANCELLED', 'SUCCEEDED', 'FAILED'] },
    ],
    [
      'keys',
      'query Keys($userId: String!) { keys(userId: $userId) { id name fingerprint createdAt } }',
      { userId },
    ],
  ])('question: %s', async (_name, query, variables) => {
    const { data, errors } = await ask(query, variables);
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
  });

  it('a login, a job from start to end, its log and its description', async () => {
    const login = `mutation Login($username: String!, $password: String!) {
      login(username: $username, password: $password) { email token username } }`;
    const { data } = await ask(login, { username: userId, password: platform.password });
    expect(data).toMatchObject({ login: { token: platform.token } });

    const created = await create({ newTask: { code: '', command: 'python main.py' } });
    const jobId = idOf(created.data);
    expect(JSON.stringify(created.data)).toContain(`/console/demo/jobs/${jobId}`);
    const whole = `query Job($userId: String!, $jobId: String!) { job(userId: $userId, jobId: $jobId) {
      id mode resource { name } runtime { framework version } subStatus status size version createdAt
      links { name value } dataBindings { mountPath semanticBindingName isDeleted ... on DatasetBinding { bindingAuth } }
      project { name id } ... on Task { sourceCode { id } command }
      ... on BatchTask { sourceCode { id } command size children { id } } batchParentId } }`;
    expect(await ask(whole, { userId, jobId })).toMatchObject({
      data: { job: { mode: 'TASK', command: 'python main.py', project: { name: 'contract' } } },
    });
    const logs =
      'query jobLogs($userId: String!, $jobId: String!) { jobLogs(userId: $userId, jobId: $jobId) }';
    expect(JSON.stringify(await ask(logs, { userId, jobId }))).toContain('python main.py');
    const update = `mutation UpdateJob($username: String!, $jobId: String!, $input: UpdateJobInput!) {
      updateJob(userId: $username, jobId: $jobId, input: $input) { id } }`;
    const input = { description: 'nightly' };
    expect((await ask(update, { username: userId, jobId, input })).errors).toBeUndefined();
    const stop = `mutation StopJob($userId: String!, $jobId: String!) {
      stopJob(userId: $userId, jobId: $jobId) { ${job} project { name } } }`;
    expect((await ask(stop, { userId, jobId })).errors).toBeUndefined();
  });

  it.each([
    ['WORKSPACE', { newWorkspace: { code: '' } }],
    ['BATCH_TASK', { newBatchTask: { size: 2, command: 'ls', code: '' } }],
    ['BATCH_WORKSPACE', { newBatchWorkspace: { code: '', size: 2 } }],
  ])('a new %s', async (mode, part) => {
    const dataBindings = [{ path: '/input0', name: 'demo/faces/1', bindingAuth: 'READ_ONLY' }];
    const { data, errors } = await create({ mode, ...part, dataBindings });
    expect(errors).toBeUndefined();
    expect(idOf(data)).toMatch(/^[a-z0-9]{12}$/);
  });

  it('a restart as the command sends it, and as the web console does', async () => {
    const { data } = await create({ mode: 'WORKSPACE', newWorkspace: { code: '' } });
    const jobId = idOf(data);
    await ask(
      'mutation($userId: String!, $jobId: String!) { stopJob(userId: $userId, jobId: $jobId) { id } }',
      {
        userId,
        jobId,
      },
    );
    const restart = `mutation RestartWorkspace($userId: String!, $jobId: String!, $input: RestartWorkspaceInput!) {
      restartWorkspace(userId: $userId, jobId: $jobId, input: $input) { id status links { name value } } }`;
    const common = { runtime: 'pytorch-2.8-2204-cpu', resource: 'free-cpu', useRDMADevices: false };
    const output = { name: `demo/jobs/${jobId}/output`, path: '/input1' };
    const dataBindings = [{ ...output, bindingType: 'OUTPUT', bindingAuth: 'READ_ONLY' }];
    const byCommand = { ...common, dataBindings, parameters: [] };
    expect(await ask(restart, { userId, jobId, input: byCommand })).toMatchObject({
      data: { restartWorkspace: { id: jobId } },
    });
    const byConsole = { ...common, dataBindings: [], ports: [] };
    expect((await ask(restart, { userId, jobId, input: byConsole })).errors?.[0]?.extensions?.code).toBe(
      'CONFLICT',
    );
  });

  it('also at /gateway/graphql', async () => {
    expect((await ask('query { me { username } }', {}, '/gateway/graphql')).data).toEqual({
      me: { username: userId },
    });
  });
});

describe('the local platform refuses as the platform does', () => {
  const code = (answer: z.infer<typeof answerSchema>) => answer.errors?.[0]?.extensions?.code;

  it('more jobs than the account may run on a machine', async () => {
    platform.setLimit('cpu', 0);
    const answer = await create({ newTask: { code: '', command: 'ls' } });
    expect(code(answer)).toBe('EXCEED_JOB_COUNT_LIMITATION');
    expect(answer.errors?.[0]?.extensions?.details).toMatchObject({ resource: 'cpu', limit: 0 });
  });

  it('ports of an account that is not verified', async () => {
    platform.setVerified(false);
    const ports = [{ name: 'app', port: 7860 }];
    expect(code(await create({ newTask: { command: 'ls' }, ports }))).toBe('REAL_NAME_REQUIRED');
    expect((await create({ newTask: { command: 'ls' }, ports: [] })).errors).toBeUndefined();
  });

  it.each([
    ['a reserved port', [{ port: 6006 }], 'port_reserved'],
    ['a name that another container holds', [{ name: 'web', port: 7860 }], 'name_taken'],
    ['a sixth mapping', [1, 2, 3, 4, 5, 6].map((port) => ({ port: 8100 + port })), 'mapping_limit'],
  ])('%s', async (_name, ports, reason) => {
    const answer = await create({ newTask: { command: 'ls' }, ports });
    expect(code(answer)).toBe('BAD_REQUEST');
    expect(answer.errors?.[0]?.extensions?.details).toMatchObject({ reason });
  });

  it('another user, an unknown machine, a path for data that is none', async () => {
    const keys = await ask('query { keys(userId: "somebody") { id } }');
    expect(code(keys)).toBe('FORBIDDEN');
    expect(code(await create({ resource: 'abacus', newTask: { command: 'ls' } }))).toBe('BAD_REQUEST');
    const dataBindings = [{ name: 'demo/faces/1', path: '/etc', bindingAuth: 'READ_ONLY' }];
    expect(code(await create({ newTask: { command: 'ls' }, dataBindings }))).toBe('BAD_REQUEST');
  });

  it.each<[string, object, string]>([
    ['a mode that there is not', { mode: 'BANANA', newTask: { command: 'ls' } }, 'BAD_REQUEST'],
    ['a mode without its part', { mode: 'WORKSPACE', newTask: { command: 'ls' } }, 'BAD_REQUEST'],
    ['a task without a command', { newTask: { command: ' ' } }, 'BAD_REQUEST'],
    ['a deprecated runtime', { runtime: 'pytorch-2.1', newTask: { command: 'ls' } }, 'BAD_REQUEST'],
    [
      'a runtime by its name in the list',
      { runtime: 'PyTorch 2.8', newTask: { command: 'ls' } },
      'BAD_REQUEST',
    ],
    ['a runtime of a machine', { runtime: 'ubuntu-22.04', newTask: { command: 'ls' } }, 'BAD_REQUEST'],
    ['code that nobody uploaded', { newTask: { command: 'ls', code: 'nowhere' } }, 'NOT_FOUND'],
    ['a project that there is not', { projectId: 'nowhere', newTask: { command: 'ls' } }, 'NOT_FOUND'],
    [
      'data that there is not',
      { newTask: { command: 'ls' }, dataBindings: [{ name: 'demo/none/1', path: '/input0' }] },
      'NOT_FOUND',
    ],
    [
      'data of somebody else',
      { newTask: { command: 'ls' }, dataBindings: [{ name: 'open-lab/faces/1', path: '/input0' }] },
      'NOT_FOUND',
    ],
  ])('%s', async (_name, part, wanted) => {
    expect(code(await create(part))).toBe(wanted);
  });

  it("an organisation's order in a person's project, and a page before the first", async () => {
    const input = await createInput({ newTask: { command: 'ls' } });
    const order =
      'mutation($userId: String!, $input: CreateJobInput) { createJob(userId: $userId, input: $input) { id } }';
    expect(code(await ask(order, { userId: 'open-lab', input }))).toBe('FORBIDDEN');
    const list = 'query($page: Int!) { party(id: "demo") { projects(page: $page) { data { id } } } }';
    for (const page of [0, -1]) expect(code(await ask(list, { page }))).toBe('BAD_REQUEST');
  });

  it('a token that has expired, by a failing query without a code', async () => {
    const old = token;
    token = platform.expireToken();
    const now = token;
    expect((await ask('query { me { username } }')).errors).toBeUndefined();
    token = old;
    const answer = await ask('query { me { username } }');
    expect(answer.errors?.[0]?.message).toContain('expired');
    expect(code(answer)).toBeUndefined();
    token = 'never-given';
    expect(code(await ask('query { me { username } }'))).toBe('UNAUTHENTICATED');
    token = now;
  });

  it('whatever it is told to, with or without details', async () => {
    platform.apiFaults.set('me', { error: { message: 'Broken', code: 'INTERNAL', details: { why: 'x' } } });
    const answer = await ask('query { me { username } }');
    expect(answer.errors?.[0]).toMatchObject({ message: 'Broken', extensions: { details: { why: 'x' } } });
    platform.apiFaults.set('me', { error: { message: 'Broken' } });
    expect(code(await ask('query { me { username } }'))).toBeUndefined();
  });
});

describe('the local platform beside its API', () => {
  const status = async (id: string): Promise<string> => {
    const query = 'query($jobId: String!) { job(userId: "demo", jobId: $jobId) { status } }';
    const { data } = await ask(query, { jobId: id });
    return z.object({ job: z.object({ status: z.string() }) }).parse(data).job.status;
  };

  it.each([
    ['echo done', 'SUCCEEDED'],
    ['python main.py', 'SUCCEEDED'],
    ['false', 'FAILED'],
    ['echo one && exit 3', 'FAILED'],
  ])('brings the task %s to its end: %s', async (command, end) => {
    const id = idOf((await create({ newTask: { command } })).data);
    await until('the end', async () => ((await status(id)) === end ? true : undefined));
  });

  it('runs no program of this computer, and writes nowhere but in the task’s folders', async () => {
    const command = 'touch /tmp/gearway-task && echo x > ../../../outside.txt; cat /etc/hostname';
    const id = idOf((await create({ newTask: { command } })).data);
    await until('the end', async () => ((await status(id)) === 'FAILED' ? true : undefined));
  });

  it('has pages at the addresses that it gives, which tell no secret', async () => {
    const { data } = await ask(
      '{ party(id: "demo") { projects(page: 1) { data { name links { value } latestJob { links { name value } } } } } }',
    );
    const links = [...JSON.stringify(data).matchAll(/http[^"]*console[^"]*/g)].map(([link]) => link);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const response = await fetch(link);
      expect(response.status).toBe(200);
      const text = await response.text();
      expect(text).toContain('<!doctype html>');
      expect(text).not.toContain(platform.token);
    }
  });

  it('gives a short answer to a long body of a stranger', async () => {
    const post = (authorization: string) =>
      fetch(platform.gateway, {
        method: 'POST',
        headers: { origin: platform.origin, 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: `{ me { username } } #${'x'.repeat(1_000_000)}` }),
      }).then(({ status }) => status);
    expect(await post('Bearer nobody')).toBe(413);
    expect(await post(`Bearer ${platform.token}`)).toBe(200);
  });
});

describe('a state folder', () => {
  it('belongs to one platform at a time, and to nobody after a kill', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gearway-state-'));
    cleanup.later(() => rm(folder, { recursive: true, force: true }));
    const own = { stateFolder: folder, clock: systemClock, random: Math.random, log: silentLog };
    const first = await startLocalPlatform(own);
    expect(first.ok).toBe(true);
    expect(await startLocalPlatform(own)).toMatchObject({ error: { code: 'state_folder_busy' } });
    if (first.ok) await first.value.stop();
    // As a process left it that was killed.
    await writeFile(join(folder, 'platform.lock'), '4194303 1');
    const again = await startLocalPlatform(own);
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.stop();
  });

  it('that cannot be written is said', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gearway-state-'));
    cleanup.later(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'file'), '');
    const stateFolder = join(folder, 'file', 'below');
    const own = { stateFolder, clock: systemClock, random: Math.random, log: silentLog };
    expect(await startLocalPlatform(own)).toMatchObject({ error: { code: 'state_folder_unwritable' } });
  });
});

it('speaks HTTPS for the API when it is asked to, with a certificate that it gives', async () => {
  const secure = await startTestPlatform(cleanup, { apiHttps: true });
  expect(secure.origin).toMatch(/^https:/);
  const body = JSON.stringify({ query: '{ me { username } }' });
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(
      secure.gateway,
      {
        method: 'POST',
        ca: secure.ca,
        headers: {
          authorization: `Bearer ${secure.token}`,
          origin: secure.origin,
          'content-type': 'application/json',
        },
      },
      (response) => {
        let said = '';
        response.on('data', (chunk) => {
          said += String(chunk);
        });
        response.on('end', () => resolve(said));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
  expect(JSON.parse(text)).toEqual({ data: { me: { username: 'demo' } } });
});
