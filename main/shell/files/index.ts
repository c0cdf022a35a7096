export { type Format, readDocument, writeDocument } from './document.ts';
export { type KeptFile, openKeptFile } from './kept-file.ts';
export { writeAtomically } from './write-atomically.ts';
