export { createGateBook, type GateBook } from './book.ts';
export { createGates } from './gates.ts';
export { createGateHandlers } from './handlers.ts';
export type { Gates } from './types.ts';
