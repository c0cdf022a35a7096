export type { ApiFault, ApiFaults } from './api-faults.ts';
export { type EdgeFault, type EdgeFaults, readFault } from './faults.ts';
export {
  type LocalPlatform,
  type LocalPlatformOptions,
  type OutsideContainer,
  startLocalPlatform,
} from './local-platform.ts';
