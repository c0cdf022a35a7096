export { createListeningHandlers } from './handlers.ts';
export { look } from './look.ts';
export { createLooks, type Looks } from './looks.ts';
