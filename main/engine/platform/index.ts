export { createPlatformClient } from './client.ts';
export { logIn } from './login.ts';
export { readSshLink } from './read-container.ts';
export { readDomain, readOrigin, readToken } from './read-typed.ts';
export type {
  NewContainer,
  NextRun,
  PlatformClient,
  PlatformContainer,
  PlatformKey,
  PlatformResource,
  PlatformRuntime,
  PlatformUser,
  Quota,
} from './types.ts';
