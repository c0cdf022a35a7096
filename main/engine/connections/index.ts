export { createConnections } from './connections.ts';
export { createConnectionHandlers } from './handlers.ts';
export { ownAgent } from './own-agent.ts';
export type { Connections } from './types.ts';
