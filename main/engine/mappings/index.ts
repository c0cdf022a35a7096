export { findAddress } from './find-address.ts';
export { type AppliedMappings, createMappings, type Mappings } from './mappings.ts';
