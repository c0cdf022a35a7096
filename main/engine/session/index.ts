export { createSession, type LocalSeat, type SessionControl } from './session.ts';
