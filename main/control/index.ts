export { type Attached, type AttachOutcome, attach } from './attach.ts';
export { readLines, writeLine } from './lines.ts';
export { type ControlHost, controlVersion, type FromControl } from './messages.ts';
export {
  type ControlPlace,
  controlPlace,
  openControlFolder,
  usualDataFolder,
  writeControlKey,
} from './place.ts';
