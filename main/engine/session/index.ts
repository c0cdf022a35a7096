export { createSession, type LocalSeat, type SessionControl } from './session.ts';
export type { SignIn } from './sign-in.ts';
