/** GraphQL documents, with the operations and variables that the platform's own clients use. */

/** Fields of a job that the platform's clients ask for; `more` comes from the server's own schema. */
const job = (more: string) =>
  `id mode status createdAt resource { name } runtime { framework version } links { name value } ${more}`;

export const queries = {
  me: 'query Me { me { username email } }',
  /** `field` comes from the server's own schema. */
  realName: (field: string) => `query RealName { me { username ${field} } }`,
  login: `mutation Login($username: String!, $password: String!) {
    login(username: $username, password: $password) { email token username } }`,
  orgs: `query Orgs($username: String!) {
    user(username: $username) { orgs { role org { id displayName } } } }`,
  projects: (latestJob: string | undefined) => `query Projects($partyId: ID!, $page: Int!) {
    party(id: $partyId) { projects(page: $page) { data { id name ${
      latestJob === undefined ? '' : `latestJob { ${job(latestJob)} }`
    } } } } }`,
  projectJobs: (more: string) => `query ProjectJobs($projectId: String!, $userId: String!, $page: Int!) {
    project(projectId: $projectId) { jobs(userId: $userId, page: $page, projectId: $projectId) {
      data { ${job(more)} } } } }`,
  job: (more: string) => `query Job($userId: String!, $jobId: String!) {
    job(userId: $userId, jobId: $jobId) { ${job(more)} project { id name } } }`,
  stop: `mutation StopJob($userId: String!, $jobId: String!) { stopJob(userId: $userId, jobId: $jobId) { id } }`,
  restart: `mutation RestartWorkspace($userId: String!, $jobId: String!, $input: RestartWorkspaceInput!) {
    restartWorkspace(userId: $userId, jobId: $jobId, input: $input) { id } }`,
  restartBatch: `mutation RestartBatchWorkspace(
    $userId: String!, $jobId: String!, $input: RestartBatchWorkspaceInput!) {
    restartBatchWorkspace(userId: $userId, jobId: $jobId, input: $input) { id } }`,
  logs: 'query jobLogs($userId: String!, $jobId: String!) { jobLogs(userId: $userId, jobId: $jobId) }',
  quota: `query Quota($partyId: ID!) { party(id: $partyId) {
    quota { computationQuota { key value { availableMinutes } } } } }`,
  limitations: `query Limitations($partyId: ID!) { party(id: $partyId) {
    limitations { resources { key value { current limit } } } } }`,
  ownDatasets: `query OwnDatasets($partyId: ID!, $status: [DatasetStatusInput], $q: String!) {
    party(id: $partyId) { datasetVersions(status: $status, q: $q) { data { semanticBindingName } } } }`,
  publicDatasets: `query PublicDatasets($status: [DatasetStatusInput], $tagIds: [Int!], $q: String!) {
    publicDatasetVersions(status: $status, tagIds: $tagIds, q: $q) { data { semanticBindingName } } }`,
  createJob: `mutation CreateJob($userId: String!, $input: CreateJobInput) {
    createJob(userId: $userId, input: $input) { id } }`,
  createProject: `mutation CreateProject(
    $userId: String!, $name: String!, $description: String, $tagNames: [TagInput]) {
    createProject(userId: $userId, name: $name, description: $description, tagNames: $tagNames) { id } }`,
  /** For a server that knows no tags. */
  plainCreateProject: `mutation PlainCreateProject($userId: String!, $name: String!) {
    createProject(userId: $userId, name: $name) { id } }`,
  keys: `query Keys($userId: String!) { keys(userId: $userId) { id name fingerprint } }`,
  addKey: `mutation CreateSSHKey($userId: String!, $name: String!, $content: String!) {
    createSSHKey(userId: $userId, name: $name, content: $content) { id name fingerprint } }`,
  resources: `query Resources($partyId: String, $labels: [String]) {
    normalClusterResources(partyId: $partyId, labels: $labels) {
      name verboseName gpuResource memory labels cpu { count } gpu { count } } }`,
  /** For a server that knows no labels. */
  plainResources: `query PlainResources($partyId: String) {
    normalClusterResources(partyId: $partyId) {
      name verboseName gpuResource memory labels cpu { count } gpu { count } } }`,
  runtimes: `query Runtimes($partyId: String, $labels: [String!], $runtimeType: [RuntimeType]) {
    normalClusterRuntimes(partyId: $partyId, labels: $labels, runtimeType: $runtimeType) {
      name framework version device deprecated } }`,
  /** For a server that knows no kinds of runtimes. */
  plainRuntimes: `query PlainRuntimes($partyId: String) {
    normalClusterRuntimes(partyId: $partyId) { name framework version device deprecated } }`,
} as const;
