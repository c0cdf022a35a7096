export { type Attached, type AttachOutcome, attach } from './attach.ts';
export { type ControlPlace, controlPlace, usualDataFolder } from './place.ts';
export { type Control, openControl } from './serve.ts';
