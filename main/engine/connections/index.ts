export { createConnections } from './connections.ts';
export { createConnectionHandlers } from './handlers.ts';
export { ownAgent } from './own-agent.ts';
export { ownSshFiles } from './own-ssh-files.ts';
export type { ConfigFiles } from './read-config.ts';
export type { Connections } from './types.ts';
