export { findAddress } from './find-address.ts';
export { createMappings, type Mappings } from './mappings.ts';
