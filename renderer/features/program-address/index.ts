export { useProgramAddress } from './use-program-address.ts';
