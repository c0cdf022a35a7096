export { createLocalAddresses, type LocalAddresses } from './local-addresses.ts';
