import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  buildSchema,
  execute,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Instance } from '../../../../shared/model/instance.ts';

/** For tests only: a stock GraphQL server over real sockets, with the operations that this client sends. */

export interface TestServer {
  readonly instance: Instance;
  /** Headers of every request that came. */
  readonly headers: IncomingMessage['headers'][];
  close(): Promise<void>;
}

export const instanceAt = (origin: string): Instance => ({
  kind: 'private',
  name: 'test',
  origin,
  edge: { scheme: 'http', domain: 'gear.example' },
});

/** Serves whatever the case needs on a free loopback port. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<TestServer> {
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    instance: instanceAt(`http://127.0.0.1:${port}`),
    headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface TestJob {
  id: string;
  projectId: string;
  mode: string;
  status: string;
  createdAt: string;
  startedAt?: string;
  password?: string;
  ports?: readonly { name?: string; port: number }[];
  dataBindings?: readonly { mountPath: string; semanticBindingName: string; bindingAuth: string }[];
}

export interface StockPlatform extends TestServer {
  readonly jobs: TestJob[];
  /** Names of the operations that came, and their variables. */
  readonly calls: { readonly name: string; readonly variables: Readonly<Record<string, unknown>> }[];
  /** Reads of a job after which a stop has taken effect. */
  stopAfterReads: number;
  /** Called before an answer goes out; `true` keeps it back for ever. */
  hold?: (operation: string) => boolean;
  /** Gives a GraphQL error instead of carrying an operation out. */
  refuse?: (operation: string) => { readonly message: string; readonly code: string } | undefined;
}

/** `ports`: what the schema has of them. `pageSize`: projects and jobs a page. */
export async function startStockPlatform(options: {
  readonly introspection?: boolean;
  readonly ports?: boolean;
  /** They can be sent, and are told by no job. */
  readonly writeOnly?: boolean;
  /** Only the fields of a job that every client asks for. */
  readonly bare?: boolean;
  readonly pageSize?: number;
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly jobs: TestJob[];
}): Promise<StockPlatform> {
  const { pageSize = 20, projects } = options;
  const jobs = options.jobs;
  const schema = buildSchema(sdl(options.ports ?? true, options.bare ?? false, options.writeOnly ?? false));
  const calls: StockPlatform['calls'] = [];
  const page = <T>(items: readonly T[], number: number) => ({
    data: items.slice((number - 1) * pageSize, number * pageSize),
  });
  let stopping: { id: string; reads: number } | undefined;

  const show = (job: TestJob) => {
    const index = jobs.indexOf(job);
    const running = job.status === 'RUNNING';
    return {
      ...job,
      resource: { name: 'cpu' },
      runtime: { framework: 'pytorch', version: '2.8' },
      links: running ? [{ name: 'ssh', value: `ssh root@127.0.0.1 -p${31_000 + index}` }] : [],
      project: projects.find((project) => project.id === job.projectId),
    };
  };
  const find = (id: string): TestJob => {
    const job = jobs.find((candidate) => candidate.id === id);
    if (job === undefined) throw new GraphQLError('job not found', { extensions: { code: 'NOT_FOUND' } });
    return job;
  };
  const root = {
    me: () => ({ username: 'demo', email: 'demo@example.com' }),
    party: () => ({ projects: (args: { page: number }) => page(projects, args.page) }),
    project: ({ projectId }: { projectId: string }) => ({
      jobs: (args: { page: number }) =>
        page(jobs.filter((job) => job.projectId === projectId).map(show), args.page),
    }),
    job: ({ jobId }: { jobId: string }) => {
      const job = find(jobId);
      if (stopping?.id === jobId && stopping.reads-- <= 0) {
        job.status = 'CANCELLED';
        stopping = undefined;
      }
      return show(job);
    },
    stopJob: ({ jobId }: { jobId: string }) => {
      stopping = { id: find(jobId).id, reads: platform.stopAfterReads };
      return { id: jobId };
    },
    restartWorkspace: ({ jobId, input }: { jobId: string; input: { ports?: TestJob['ports'] } }) => {
      const job = find(jobId);
      if (job.status === 'RUNNING')
        throw new GraphQLError('job is running', { extensions: { code: 'CONFLICT' } });
      job.status = 'RUNNING';
      job.startedAt = '2026-11-24T10:00:00Z';
      if (input.ports !== undefined) job.ports = input.ports;
      return { id: jobId };
    },
    createJob: () => ({ id: 'newjob' }),
    createProject: () => ({ id: 'newproject' }),
    keys: () => [{ id: 'k1', name: 'laptop', fingerprint: 'SHA256:x' }],
    createSSHKey: ({ name }: { name: string }) => ({ id: 'k2', name, fingerprint: 'SHA256:y' }),
    normalClusterResources: () => [{ name: 'cpu', verboseName: 'CPU', gpuResource: false }],
    normalClusterRuntimes: () => [
      { name: 'pytorch-2.8-old', framework: 'pytorch', version: '2.8', deprecated: true },
      { name: 'pytorch-2.8-2204-cpu', framework: 'pytorch', version: '2.8', deprecated: false },
    ],
  };

  async function run(body: string): Promise<object | undefined> {
    const { query, variables } = JSON.parse(body);
    const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '';
    calls.push({ name, variables });
    if (platform.hold?.(name)) return undefined;
    const refused = platform.refuse?.(name);
    if (refused !== undefined) {
      return { errors: [{ message: refused.message, extensions: { code: refused.code } }], data: null };
    }
    const document = parse(query);
    const rules =
      options.introspection === false ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules;
    const errors = validate(schema, document, rules);
    if (errors.length > 0) return { errors };
    return execute({
      schema,
      document,
      rootValue: root,
      variableValues: variables,
      typeResolver: (_value, _context, info) =>
        info.returnType.toString().includes('DataBinding') ? 'DatasetBinding' : 'Workspace',
    });
  }

  const server = await serve((request, response, body) => {
    if (request.headers.origin === undefined) {
      response.writeHead(403).end('Invalid CORS request');
      return;
    }
    void run(body).then((answer) => {
      if (answer === undefined) return;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  const platform: StockPlatform = Object.assign(server, { jobs, calls, stopAfterReads: 0 });
  return platform;
}

const sdl = (ports: boolean, bare: boolean, writeOnly: boolean) => `
  type Query {
    me: User
    party(id: ID!): Party
    project(projectId: String!): Project
    job(userId: String!, jobId: String!): Job
    keys(userId: String!): [Key]
    normalClusterResources(partyId: String): [Resource]
    normalClusterRuntimes(partyId: String): [Runtime]
  }
  type Mutation {
    stopJob(userId: String!, jobId: String!): Job
    restartWorkspace(userId: String!, jobId: String!, input: RestartWorkspaceInput!): Job
    createJob(userId: String!, input: CreateJobInput): Job
    createProject(userId: String!, name: String!, description: String): Project
    createSSHKey(userId: String!, name: String!, content: String!): Key
  }
  type User { username: String email: String }
  type Party { projects(page: Int!): Projects }
  type Projects { data: [Project] }
  type Project { id: ID name: String latestJob: Job jobs(userId: String!, page: Int!, projectId: String!): Jobs }
  type Jobs { data: [Job] }
  interface Job { ${jobFields(ports && !writeOnly, bare)} }
  type Workspace implements Job { ${jobFields(ports && !writeOnly, bare)} }
  ${['Task', 'BatchTask'].map((name) => `type ${name} implements Job { ${jobFields(ports && !writeOnly, bare)} command: String sourceCode: Code }`).join('\n')}
  type Code { id: ID }
  type Named { name: String }
  type Link { name: String value: String }
  interface DataBinding { mountPath: String semanticBindingName: String isDeleted: Boolean }
  type DatasetBinding implements DataBinding { mountPath: String semanticBindingName: String isDeleted: Boolean bindingAuth: String }
  type Port { name: String port: Int! }
  input PortInput { name: String port: Int! }
  input BindingInput { name: String path: String bindingAuth: String bindingType: String }
  input TagInput { name: String }
  input RestartWorkspaceInput { resource: String runtime: String dataBindings: [BindingInput] parameters: [String] useRDMADevices: Boolean ${ports ? 'ports: [PortInput!]' : ''} }
  input TaskInput { command: String code: String }
  input WorkspaceInput { code: String }
  input CreateJobInput { mode: String projectId: String resource: String runtime: String dataBindings: [BindingInput] parameters: [String] newTask: TaskInput newWorkspace: WorkspaceInput tagNames: [TagInput] ${ports ? 'ports: [PortInput!]' : ''} }
  type Key { id: ID name: String fingerprint: String }
  type Count { count: Int }
  type Resource { name: String verboseName: String gpuResource: Boolean memory: Float labels: [String] cpu: Count gpu: Count }
  type Runtime { name: String framework: String version: String device: String deprecated: Boolean }
`;

const jobFields = (ports: boolean, bare: boolean) => `
  id: ID! mode: String status: String createdAt: String
  resource: Named runtime: Runtime links: [Link] project: Project
  ${bare ? '' : 'subStatus: String startedAt: String password: String size: Int dataBindings: [DataBinding]'}
  ${ports ? 'ports: [Port!]' : ''}`;
