export { createContainers } from './containers.ts';
export { createLastKnown } from './last-known.ts';
export { sameMappings } from './same-mappings.ts';
export type { Containers } from './types.ts';
