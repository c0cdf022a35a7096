export { createLaunchHandlers } from './handlers.ts';
export { createLaunching, type Launching } from './launching.ts';
