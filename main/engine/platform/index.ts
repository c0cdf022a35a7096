export { createPlatformClient } from './client.ts';
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
} from './types.ts';
