/** What every kind of job tells; a type repeats the fields of its interface (GraphQL, section 3.6). */
const job = `
    id: ID!
    name: String
    mode: String!
    status: String!
    subStatus: String
    size: Int
    version: Int
    createdAt: String
    resource: Named
    runtime: RuntimeOfJob
    links: [Link!]
    dataBindings: [DataBinding!]
    parameters: [JobParameter!]
    project: Project
    output: Output
    batchParentId: ID
    # Seen in use by others, promised nowhere.
    startedAt: String
    password: String
    # Assumed: only the name "ports" was ever seen, in what a restart sends.
    ports: [Port!]
    # Assumed: when the plan ends the run.
    expiresAt: String
`;

/**
 * The local platform's API as a schema: the written contract between Gearway and a platform. *Known* is what the
 * platform's published clients send and read (its example clients and the `bayes` command); *assumed* marks what no
 * public source shows. A client written for the known part talks to the platform unchanged.
 */
export const sdl = /* GraphQL */ `
  # Known: queries and mutations, the types of their arguments, and the fields that clients read.
  type Query {
    me: User
    user(username: String!): User
    org(id: ID!): Org
    party(id: ID!): Party
    project(projectId: String!): Project
    job(userId: String!, jobId: String!): Job
    jobLogs(userId: String!, jobId: String!): String
    keys(userId: String!): [SSHKey!]
    publicDatasetVersions(status: [DatasetStatusInput], tagIds: [Int!], q: String): DatasetVersionPage
    normalClusterResources(partyId: String, type: [DeployType], labels: [String]): [Resource!]
    normalClusterRuntimes(
      partyId: String, type: [DeployType], labels: [String], runtimeType: [RuntimeType]
    ): [Runtime!]
    dataset(datasetId: String!): Dataset
  }
  type Mutation {
    login(username: String!, password: String!): Login
    # Known by name: older commands sign in with it.
    loginWithToken(token: String!): Login
    exchangeCliAuthorizationCode(input: ExchangeCliAuthorizationCodeInput!): CliAuthorization
    createProject(userId: String!, name: String!, description: String, tagNames: [TagInput]): Project
    createSourceCodePolicy(userId: String!, storageType: StorageType!): SourceCodePolicy
    createJob(userId: String!, input: CreateJobInput): Job
    createHypertuning(userId: String!, input: CreateHypertuningInput!): Job
    updateJob(userId: String!, jobId: String!, input: UpdateJobInput!): Job
    stopJob(userId: String!, jobId: String!): Job
    restartWorkspace(userId: String!, jobId: String!, input: RestartWorkspaceInput!): Job
    restartBatchWorkspace(userId: String!, jobId: String!, input: RestartBatchWorkspaceInput!): Job
    createSSHKey(userId: String!, name: String!, content: String!): SSHKey
    createJobOutputDownloadUrl(userId: String!, jobId: String!, key: String!): DownloadUrl
    createDataset(userId: String!, name: String!, description: String): Dataset
    createEmptyVersion(datasetId: String!): DatasetVersion
    createDatasetVersionUploadPolicy(
      userId: String!, datasetId: String!, version: Int!, key: String!
    ): UploadPolicy
  }

  type User {
    username: String!
    email: String
    token: String
    orgs: [Membership!]
    # Assumed: how an account tells that its real name was verified.
    realNameVerified: Boolean
  }
  type Membership { role: String! org: Org! }
  type Org { id: ID! displayName: String! }
  type Login { email: String token: String username: String }
  type Party {
    projects(page: Int!, tagNames: [String!], q: String, perPage: Int): ProjectPage
    jobs(status: [JobStatusInput]): JobPage
    datasetVersions(status: [DatasetStatusInput], q: String): DatasetVersionPage
    datasets(page: Int!): DatasetPage
    quota: Quota
    limitations: Limitations
  }
  # Known: both are keyed by the name of a resource.
  type Quota { computationQuota: [QuotaPair!] }
  type QuotaPair { key: String! value: Minutes! }
  type Minutes { availableMinutes: Int! }
  type Limitations { resources: [LimitPair!] }
  type LimitPair { key: String! value: Limit! }
  type Limit { current: Int! limit: Int! }

  type ProjectPage { data: [Project!]! }
  type Project {
    id: ID!
    name: String!
    links: [Link!]
    size: Float
    updatedAt: String
    latestVersion: Int
    latestJob: Job
    jobs(userId: String!, page: Int!, projectId: String!): JobPage
  }
  type JobPage { data: [Job!]! }
  type DatasetVersionPage { data: [DatasetVersion!]! }
  type DatasetVersion {
    id: ID! version: Int! name: String description: String status: String size: Float
    semanticBindingName: String! createdAt: String deletedAt: String
  }
  type DatasetPage { data: [Dataset!]! }
  type Dataset {
    id: ID! name: String! description: String status: String size: Float latestVersion: Int updatedAt: String
    links: [Link!] versions: [DatasetVersion!]
  }
  type UploadPolicy { endpoint: String! accessKey: String! secretKey: String! path: String! }
  # Known: "type" is "file" for one file; a folder comes as an archive.
  type DownloadUrl { url: String! type: String! name: String! }
  input ExchangeCliAuthorizationCodeInput { code: String! codeVerifier: String! }
  type CliAuthorization { token: String personalAccessToken: PersonalAccessToken }
  type PersonalAccessToken { id: ID! name: String expiresAt: String }
  type JobParameter { name: String! value: JSON isSecret: Boolean! }

  # Known: status words RUNNING, SUCCEEDED, FAILED, CANCELLED; modes WORKSPACE, TASK, BATCH_WORKSPACE, BATCH_TASK and
  # HYPER_TUNING. Assumed: QUEUED, PREPARING.
  interface Job {
    ${job}
  }
  type Workspace implements Job { ${job} }
  type BatchWorkspace implements Job { ${job} children: [Job!] }
  type Task implements Job { ${job} command: String rawCommand: String sourceCode: SourceCode }
  type BatchTask implements Job {
    ${job} command: String rawCommand: String sourceCode: SourceCode children: [Job!]
  }
  type Hypertuning implements Job {
    ${job} command: String rawCommand: String sourceCode: SourceCode children: [Job!]
  }

  interface DataBinding { mountPath: String semanticBindingName: String isDeleted: Boolean }
  type DatasetBinding implements DataBinding {
    mountPath: String semanticBindingName: String isDeleted: Boolean bindingAuth: String
  }
  type JobOutputBinding implements DataBinding {
    id: ID mountPath: String semanticBindingName: String isDeleted: Boolean
  }
  type Named { name: String! }
  type RuntimeOfJob { framework: String version: String }
  type Link { name: String! value: String }
  type Output { path: String }
  type SourceCode { id: ID! }
  type SourceCodePolicy { id: ID! endpoint: String! accessKey: String! secretKey: String! path: String! }
  # Assumed: the fields of a mapping, and that it tells its address once the container runs.
  type Port { name: String port: Int! url: String }
  input PortInput { name: String port: Int! }

  # Known: clients want the id as a number.
  type SSHKey { id: Int! name: String! fingerprint: String createdAt: String }
  type Resource {
    name: String! verboseName: String type: String memory: Float gpuResource: Boolean labels: [String!]
    cpu: Cpu disk: Disk gpu: Gpu
  }
  type Cpu { type: String millicores: Int count: Float }
  type Disk { type: String size: Float }
  type Gpu {
    verboseName: String vendor: String type: String name: String mode: String memory: Float group: String
    description: String count: Int
  }
  # Known: "device" is GPU or CPU. An order names a runtime by framework and version, never by this name.
  type Runtime {
    name: String! framework: String version: String type: String device: String labels: [String!]
    deprecated: Boolean
  }

  # Assumed: the values. Known: the names of the types, which clients write into their documents.
  scalar DeployType
  # Known: CONTAINER and VM.
  scalar RuntimeType
  scalar DatasetStatusInput
  scalar JobStatusInput
  scalar StorageType
  scalar JSON

  input TagInput { name: String }
  input DataBindingInput { name: String! path: String! bindingType: String bindingAuth: String }
  input JobParameterInput { name: String! value: JSON isSecret: Boolean }
  input NewTaskInput { code: String command: String }
  input NewWorkspaceInput { code: String }
  input NewBatchTaskInput { size: Int command: String code: String }
  input NewBatchWorkspaceInput { size: Int code: String }
  input CreateJobInput {
    mode: String! projectId: String! runtime: String! resource: String!
    newTask: NewTaskInput newWorkspace: NewWorkspaceInput
    newBatchTask: NewBatchTaskInput newBatchWorkspace: NewBatchWorkspaceInput
    dataBindings: [DataBindingInput!] parameters: [JobParameterInput!] tagNames: [TagInput!]
    # Assumed: as in a restart.
    ports: [PortInput!]
  }
  input UpdateJobInput { description: String }
  # Known: that "ports" is there, sent as a list. Assumed: its elements.
  input RestartWorkspaceInput {
    resource: String! runtime: String! dataBindings: [DataBindingInput!] parameters: [JobParameterInput!]
    useRDMADevices: Boolean ports: [PortInput!]
  }
  input RestartBatchWorkspaceInput {
    resource: String! runtime: String! dataBindings: [DataBindingInput!] parameters: [JobParameterInput!]
    useRDMADevices: Boolean size: Int ports: [PortInput!]
  }
  input CreateHypertuningInput {
    projectId: String runtime: String! resource: String! code: String! command: String!
    dataBindings: [DataBindingInput!] tagNames: [TagInput!] parameters: [JobParameterInput!]
    maxJobCount: Int! parallelCount: Int! hyperparameterMetric: String! sideMetrics: [String!]
    goal: String! algorithm: String! parameterSpecs: [ParameterSpecInput!]!
  }
  input ParameterSpecInput {
    name: String! integerParameterSpec: RangeInput doubleParameterSpec: RangeInput
    discreteParameterSpec: DiscreteInput categoryParameterSpec: CategoryInput
  }
  input RangeInput { scaleType: String! minValue: Float! maxValue: Float! }
  input DiscreteInput { discreteValues: [Float!]! }
  input CategoryInput { categoricalValues: [String!]! }
`;
