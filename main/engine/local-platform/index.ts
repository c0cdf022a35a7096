export type { EdgeFault, EdgeFaults } from './faults.ts';
export {
  type LocalPlatform,
  type LocalPlatformOptions,
  type OutsideContainer,
  startLocalPlatform,
} from './local-platform.ts';
