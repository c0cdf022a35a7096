export { createContainers } from './containers.ts';
export { createLastKnown, type LastKnown, noLastKnown } from './last-known.ts';
export { sameMappings } from './same-mappings.ts';
export type { Containers, ContainersOptions, PendingMappings, SshEndpoint } from './types.ts';
