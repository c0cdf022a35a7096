export { createKinds, type Kinds } from './kinds.ts';
