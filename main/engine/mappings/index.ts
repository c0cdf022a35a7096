export { findAddress } from './find-address.ts';
export { createMappings, type Mappings } from './mappings.ts';
export { allTemplates, removeTemplate, saveTemplate, showTemplates } from './templates.ts';
