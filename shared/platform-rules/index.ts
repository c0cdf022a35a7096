export {
  type AddressForm,
  type KnownAddresses,
  matchPastedAddress,
  type PastedAddress,
  publicAddress,
} from './addresses.ts';
export { maxLabelLength, maxMappings, maxPort, reservedPorts } from './constants.ts';
export { localName } from './local-name.ts';
export { checkMapping, type MappingContext, type MappingDraft, type Violation } from './mapping-rules.ts';
export { readPort } from './ports.ts';
