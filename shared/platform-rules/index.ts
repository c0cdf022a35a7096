export {
  type AddressForm,
  mappingAddress,
  matchPastedAddress,
  publicAddress,
} from './addresses.ts';
export { maxMappings, reservedPorts } from './constants.ts';
export { copiedMapping } from './free-name.ts';
export { localName } from './local-name.ts';
export {
  type AccountFacts,
  asDraft,
  checkMappings,
  inList,
  mappingContext,
  mappingsInEffect,
  mappingsOfNextRun,
} from './mapping-context.ts';
export { checkMapping, type MappingContext, type MappingDraft, type Violation } from './mapping-rules.ts';
export { ownerOf } from './owner.ts';
export { plainDigits, readPort } from './ports.ts';
export { canRunAgain } from './run-again.ts';
export { builtInTemplates, isBuiltIn } from './templates.ts';
