export { createMappingHandlers } from './handlers.ts';
export { createMappings, type Mappings } from './mappings.ts';
export { createTemplates } from './templates.ts';
