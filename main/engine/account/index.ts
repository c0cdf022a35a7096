export { createAccountHandlers } from './handlers.ts';
export { type AccountControl, createAccount } from './open-account.ts';
export type { SessionControl } from './types.ts';
