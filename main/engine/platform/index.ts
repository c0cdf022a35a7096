export { createPlatformClient } from './client.ts';
export { logIn } from './login.ts';
export { readDomain, readOrigin, readToken } from './read-typed.ts';
export type {
  NewContainer,
  PlatformClient,
  PlatformContainer,
} from './types.ts';
