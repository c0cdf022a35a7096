export { type EdgeFault, readFault } from './faults.ts';
export {
  type LocalPlatform,
  type LocalPlatformOptions,
  startLocalPlatform,
} from './local-platform.ts';
