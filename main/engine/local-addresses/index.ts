export { createLocalAddressHandlers } from './handlers.ts';
export { createLocalAddresses, type LocalAddresses } from './local-addresses.ts';
export { createLocalFront, type LocalFront } from './local-front.ts';
export { createServiceKeys, type ServiceKeys } from './service-keys.ts';
export { createTrustStore } from './trust/index.ts';
