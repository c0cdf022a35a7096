export { createLocalAddresses, type LocalAddresses } from './local-addresses.ts';
export { createTrustStore } from './trust/index.ts';
