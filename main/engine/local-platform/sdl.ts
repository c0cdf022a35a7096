/**
 * The local platform's API as a schema. *Known* is what the platform's published clients send and read; *assumed*
 * marks what no public source shows. A client that is written for this schema talks to the platform unchanged as
 * far as the known part goes.
 */
export const sdl = /* GraphQL */ `
  # Known: queries and mutations, their arguments and the fields that clients read.
  type Query {
    me: User
    party(id: ID!): Party
    project(projectId: String!): Project
    job(userId: String!, jobId: String!): Job
    keys(userId: String!): [SSHKey!]
    jobLogs(userId: String!, jobId: String!): String
    normalClusterResources(partyId: String, type: [String], labels: [String]): [Resource!]
    normalClusterRuntimes(partyId: String): [Runtime!]
  }
  type Mutation {
    login(username: String!, password: String!): Login
    createProject(userId: String!, name: String!, description: String): Project
    createJob(userId: String!, input: CreateJobInput): Job
    stopJob(userId: String!, jobId: String!): Job
    restartWorkspace(userId: String!, jobId: String!, input: RestartWorkspaceInput!): Job
    createSSHKey(userId: String!, name: String!, content: String!): SSHKey
  }

  type User { username: String! email: String }
  type Login { email: String token: String username: String }
  type Party { projects(page: Int!, tagNames: [String!], q: String, perPage: Int): ProjectPage }
  type ProjectPage { data: [Project!]! }
  type Project {
    id: ID!
    name: String!
    links: [Link!]
    updatedAt: String
    latestJob: Job
    jobs(userId: String!, page: Int!, projectId: String!): JobPage
  }
  type JobPage { data: [Job!]! }

  # Known: status words RUNNING, SUCCEEDED, FAILED, CANCELLED. Assumed: QUEUED, PREPARING.
  interface Job {
    id: ID!
    mode: String!
    status: String!
    subStatus: String
    version: Int
    createdAt: String
    startedAt: String
    password: String
    resource: Named
    runtime: RuntimeOfJob
    links: [Link!]
    dataBindings: [DataBinding!]
    project: Project
    # Assumed: only the name "ports" was ever seen, in what a restart sends.
    ports: [Port!]
  }
  type Workspace implements Job {
    id: ID! mode: String! status: String! subStatus: String version: Int createdAt: String startedAt: String
    password: String resource: Named runtime: RuntimeOfJob links: [Link!] dataBindings: [DataBinding!]
    project: Project ports: [Port!]
  }
  type Task implements Job {
    id: ID! mode: String! status: String! subStatus: String version: Int createdAt: String startedAt: String
    password: String resource: Named runtime: RuntimeOfJob links: [Link!] dataBindings: [DataBinding!]
    project: Project ports: [Port!]
    command: String
  }
  interface DataBinding { mountPath: String! semanticBindingName: String! isDeleted: Boolean }
  type DatasetBinding implements DataBinding {
    mountPath: String! semanticBindingName: String! isDeleted: Boolean bindingAuth: String
  }
  type Named { name: String! }
  type RuntimeOfJob { framework: String version: String }
  type Link { name: String! value: String! }
  # Assumed: the fields of a mapping.
  type Port { name: String port: Int! }
  input PortInput { name: String port: Int! }

  type SSHKey { id: ID! name: String! fingerprint: String createdAt: String }
  type Resource { name: String! verboseName: String type: String memory: String gpuResource: Boolean labels: [String!] }
  type Runtime { name: String! framework: String version: String device: String labels: [String!] deprecated: Boolean }

  input TagInput { name: String! }
  input BindingInput { name: String path: String bindingAuth: String }
  input CodeInput { code: String }
  input TaskInput { code: String command: String }
  input BatchInput { size: Int command: String code: String }
  input CreateJobInput {
    mode: String! projectId: String! runtime: String! resource: String!
    newTask: TaskInput newWorkspace: CodeInput newBatchTask: BatchInput newBatchWorkspace: BatchInput
    dataBindings: [BindingInput!] parameters: [String!] tagNames: [TagInput!]
    ports: [PortInput!]
  }
  input RestartWorkspaceInput {
    resource: String runtime: String dataBindings: [BindingInput!] parameters: [String!] useRDMADevices: Boolean
    ports: [PortInput!]
  }
`;
