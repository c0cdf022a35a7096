export { createLlmHandlers } from './handlers.ts';
export type { Llm } from './llm.ts';
export { createModels } from './models.ts';
