export { type CheckedLine, checkLines, isOfLine } from './check-lines.ts';
export { type MappingField, MappingPair } from './mapping-pair.tsx';
