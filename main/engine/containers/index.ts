export { createAccountContainers, type HeardContainers } from './account-containers.ts';
export { createContainerHandlers } from './handlers.ts';
export { sameMappings } from './same-mappings.ts';
export type { Containers } from './types.ts';
