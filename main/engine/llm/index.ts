export { createLlmHandlers } from './handlers.ts';
export { createLlm, type Llm } from './llm.ts';
