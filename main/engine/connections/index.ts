export { createConnections } from './connections.ts';
export { usualKeys } from './endpoint.ts';
export { createConnectionHandlers } from './handlers.ts';
export { findKnownKeys, usualKnownHosts } from './known-hosts.ts';
export { ownAgent } from './own-agent.ts';
export type { Connections } from './types.ts';
