export { withoutContainers } from './containers-in-memory.ts';
export { createSession } from './session.ts';
export type { LocalSeat, SessionControl } from './types.ts';
