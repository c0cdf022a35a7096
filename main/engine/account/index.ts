export { withoutContainers } from './containers-in-memory.ts';
export { createLoginKeys, type LoginKeys, loginKeySecretId } from './login-key.ts';
export { createSession } from './session.ts';
export type { LocalSeat, SessionControl } from './types.ts';
