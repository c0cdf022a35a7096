export { type Format, readDocument, writeDocument } from './document.ts';
export { type OwnFile, openOwnFile } from './own-file.ts';
export { writeAtomically } from './write-atomically.ts';
