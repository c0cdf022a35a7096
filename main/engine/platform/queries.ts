/** GraphQL documents, with the operations and variables that the platform's own clients use. */

/** Fields of a job that the platform's clients ask for; `more` comes from the server's own schema. */
const job = (more: string) =>
  `id mode status createdAt resource { name } runtime { framework version } links { name value } ${more}`;

export const queries = {
  me: 'query Me { me { username email } }',
  projects: `query Projects($partyId: ID!, $page: Int!) {
    party(id: $partyId) { projects(page: $page) { data { id name } } } }`,
  projectJobs: (more: string) => `query ProjectJobs($projectId: String!, $userId: String!, $page: Int!) {
    project(projectId: $projectId) { jobs(userId: $userId, page: $page, projectId: $projectId) {
      data { ${job(more)} } } } }`,
  job: (more: string) => `query Job($userId: String!, $jobId: String!) {
    job(userId: $userId, jobId: $jobId) { ${job(more)} project { id name } } }`,
  stop: `mutation StopJob($userId: String!, $jobId: String!) { stopJob(userId: $userId, jobId: $jobId) { id } }`,
  restart: `mutation RestartWorkspace($userId: String!, $jobId: String!, $input: RestartWorkspaceInput!) {
    restartWorkspace(userId: $userId, jobId: $jobId, input: $input) { id } }`,
  createJob: `mutation CreateJob($userId: String!, $input: CreateJobInput) {
    createJob(userId: $userId, input: $input) { id } }`,
  createProject: `mutation CreateProject($userId: String!, $name: String!) {
    createProject(userId: $userId, name: $name) { id } }`,
  keys: `query Keys($userId: String!) { keys(userId: $userId) { id name fingerprint } }`,
  addKey: `mutation CreateSSHKey($userId: String!, $name: String!, $content: String!) {
    createSSHKey(userId: $userId, name: $name, content: $content) { id name fingerprint } }`,
  resources: `query Resources($partyId: String) {
    normalClusterResources(partyId: $partyId) { name verboseName gpuResource } }`,
  runtimes: `query Runtimes($partyId: String) {
    normalClusterRuntimes(partyId: $partyId) { name framework version device deprecated } }`,
} as const;
